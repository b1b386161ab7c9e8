/** Tests of the service for operators, over real sockets. */
@NullMarked
package dev.starling.server.admin;

import org.jspecify.annotations.NullMarked;
