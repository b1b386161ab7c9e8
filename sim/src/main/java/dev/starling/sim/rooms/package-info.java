/**
 * Rooms on simulated machines: the replication core that production runs beside the membership
 * core, through the real codec, over connections that fail and disks that lose; clients who come,
 * ask, hear and go; and what must hold for them.
 */
@NullMarked
package dev.starling.sim.rooms;

import org.jspecify.annotations.NullMarked;
