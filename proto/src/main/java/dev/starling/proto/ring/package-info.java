/** The wire form of what nodes say about who is alive, for datagrams and streams alike. */
@NullMarked
package dev.starling.proto.ring;

import org.jspecify.annotations.NullMarked;
