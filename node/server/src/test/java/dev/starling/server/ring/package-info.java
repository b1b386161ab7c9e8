/** Nodes of a ring in one process, over real sockets of this machine. */
@NullMarked
package dev.starling.server.ring;

import org.jspecify.annotations.NullMarked;
