/** A whole node from its settings to its end, and the command that runs it. */
@NullMarked
package dev.starling.server.wiring;

import org.jspecify.annotations.NullMarked;
