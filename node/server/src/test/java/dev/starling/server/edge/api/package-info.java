@NullMarked
package dev.starling.server.edge.api;

import org.jspecify.annotations.NullMarked;
