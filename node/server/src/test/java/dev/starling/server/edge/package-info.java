/**
 * The client port over real sockets: a node on a free port of the loopback address, and clients
 * made by hand that can say what no well-behaved client would.
 */
@NullMarked
package dev.starling.server.edge;

import org.jspecify.annotations.NullMarked;
