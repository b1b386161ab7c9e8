/** The simulator: its commands. */
@NullMarked
package dev.starling.sim;

import org.jspecify.annotations.NullMarked;
