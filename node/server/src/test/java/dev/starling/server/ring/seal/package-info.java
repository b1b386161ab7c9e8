/** What may go wrong with a datagram on its way, and what comes of it. */
@NullMarked
package dev.starling.server.ring.seal;

import org.jspecify.annotations.NullMarked;
