/** What shards and their owners promise, for any view. */
@NullMarked
package dev.starling.membership.ring;

import org.jspecify.annotations.NullMarked;
