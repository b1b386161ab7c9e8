/** Relay frames: what is written is read again, and nothing read makes the reader throw. */
@NullMarked
package dev.starling.proto.relay;

import org.jspecify.annotations.NullMarked;
