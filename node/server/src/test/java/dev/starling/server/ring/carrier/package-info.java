/** Queues, shares and the wire form of streams between nodes. */
@NullMarked
package dev.starling.server.ring.carrier;

import org.jspecify.annotations.NullMarked;
