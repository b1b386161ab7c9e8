/** Virtual time and randomness keep their order. */
@NullMarked
package dev.starling.sim.kernel;

import org.jspecify.annotations.NullMarked;
