/**
 * Simulated machines: a clock of their own, pauses and crashes around the very core that production
 * runs, and the real codec on every packet.
 */
@NullMarked
package dev.starling.sim.node;

import org.jspecify.annotations.NullMarked;
