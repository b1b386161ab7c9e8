/** Tests of the ring through Atomix. */
@NullMarked
package dev.starling.server.ring.atomix;

import org.jspecify.annotations.NullMarked;
