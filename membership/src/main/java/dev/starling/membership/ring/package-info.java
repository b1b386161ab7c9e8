/**
 * The ring: 1,024 shards and their owners, a pure function of what a node believes of the others;
 * every node that believes the same computes the same.
 */
@NullMarked
package dev.starling.membership.ring;

import org.jspecify.annotations.NullMarked;
