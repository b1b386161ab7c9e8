/** Storms by seed hold, and come again as they were. */
@NullMarked
package dev.starling.sim.storm;

import org.jspecify.annotations.NullMarked;
