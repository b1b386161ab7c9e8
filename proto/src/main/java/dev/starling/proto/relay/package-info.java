/** The wire form of what nodes say to each other about signals and broadcasts. */
@NullMarked
package dev.starling.proto.relay;

import org.jspecify.annotations.NullMarked;
