/**
 * One room as a state machine over its replicated state, and the immutable view of it that the
 * relay path reads.
 */
@NullMarked
package dev.starling.core.room;

import org.jspecify.annotations.NullMarked;
