/**
 * The first frames of a connection as a state machine: who is there, and which session the
 * connection belongs to.
 */
@NullMarked
package dev.starling.core.handshake;

import org.jspecify.annotations.NullMarked;
