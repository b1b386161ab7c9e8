/**
 * Storms: a random mix of faults by seed, then quiet, and what must hold all the while and in the
 * end.
 */
@NullMarked
package dev.starling.sim.storm;

import org.jspecify.annotations.NullMarked;
