/**
 * The simulator's heart: one event queue, virtual time, a random stream for each purpose, and the
 * hash of everything that happened.
 */
@NullMarked
package dev.starling.sim.kernel;

import org.jspecify.annotations.NullMarked;
