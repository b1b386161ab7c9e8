/** Storms of rooms, and what a heal costs. */
@NullMarked
package dev.starling.sim.rooms;

import org.jspecify.annotations.NullMarked;
