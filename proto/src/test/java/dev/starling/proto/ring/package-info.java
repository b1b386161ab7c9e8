/** The wire form between nodes: what is written is read again, and nothing read makes it throw. */
@NullMarked
package dev.starling.proto.ring;

import org.jspecify.annotations.NullMarked;
