/**
 * The wire form of what owners of a room tell each other: deltas, contexts and digests. Reading
 * never throws on any input and is bounded; what breaks a rule is refused as a whole, since a delta
 * without one of its entries would mean that this one was removed.
 */
@NullMarked
package dev.starling.proto.replication;

import org.jspecify.annotations.NullMarked;
