/**
 * The rooms that this node owns, on its disk: each operation is one atomic write, folded into a
 * snapshot now and then, so that rooms outlive the process. One thread does all reading and
 * writing, and many writes go in one batch. What is stored is opaque here. A store that can't be
 * used says why and what to do; the node goes on without it.
 */
@NullMarked
package dev.starling.server.store;

import org.jspecify.annotations.NullMarked;
