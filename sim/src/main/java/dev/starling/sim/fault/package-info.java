/** Faults as data: a schedule is drawn from a seed by one part and carried out by another. */
@NullMarked
package dev.starling.sim.fault;

import org.jspecify.annotations.NullMarked;
