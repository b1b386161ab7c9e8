/**
 * A whole node with its clients in one thread: the real cores, wired by one queue of events and a
 * clock that the test moves. Lines between clients and node can be cut, stalled and slowed down.
 * The tests here are the promises that take several cores to keep.
 */
@NullMarked
package dev.starling.core.world;

import org.jspecify.annotations.NullMarked;
