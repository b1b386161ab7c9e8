/**
 * The simulated network: datagrams that are lost, doubled and late, streams that are in order and
 * break, and rules that change both for a while.
 */
@NullMarked
package dev.starling.sim.network;

import org.jspecify.annotations.NullMarked;
