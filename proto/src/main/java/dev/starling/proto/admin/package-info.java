/** The service for operators, as both its ends need it. */
@NullMarked
package dev.starling.proto.admin;

import org.jspecify.annotations.NullMarked;
