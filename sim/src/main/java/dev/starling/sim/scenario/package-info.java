/** What can be simulated by seed, and what comes of a seed. */
@NullMarked
package dev.starling.sim.scenario;

import org.jspecify.annotations.NullMarked;
