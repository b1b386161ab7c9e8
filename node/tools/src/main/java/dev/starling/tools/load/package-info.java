/**
 * {@code load}: a load generator and acceptance test. Its clients are those of one process, so that
 * what each sender sent is compared with what each receiver got: lost, doubled and reordered
 * signals are counted, not estimated. All clients of a room belong to one {@link
 * dev.starling.tools.load.Lane}, whose event loop alone touches them.
 */
@NullMarked
package dev.starling.tools.load;

import org.jspecify.annotations.NullMarked;
