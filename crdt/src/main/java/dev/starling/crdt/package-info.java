/**
 * Room state as delta-state CRDTs: dots, causal contexts, observed-remove members, last-writer-wins
 * registers stamped by a hybrid logical clock, and a bounded chat log. Nothing here does I/O, reads
 * a clock or starts a thread; time arrives as an argument, and every collection iterates in an
 * order that two replicas with equal state share.
 */
@NullMarked
package dev.starling.crdt;

import org.jspecify.annotations.NullMarked;
