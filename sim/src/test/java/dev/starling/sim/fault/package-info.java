/** Faults count where they did something. */
@NullMarked
package dev.starling.sim.fault;

import org.jspecify.annotations.NullMarked;
