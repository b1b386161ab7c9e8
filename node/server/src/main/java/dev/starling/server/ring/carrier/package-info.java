/**
 * Carries frames between nodes: one gRPC stream for each pair of living nodes, with a bounded queue
 * for each class of frames at its beginning and flow control up to whoever takes them at its end.
 */
@NullMarked
package dev.starling.server.ring.carrier;

import org.jspecify.annotations.NullMarked;
