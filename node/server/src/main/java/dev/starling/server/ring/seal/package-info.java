/**
 * Datagrams between nodes, sealed: whoever holds no key of the cluster can neither read them nor
 * make or repeat one.
 */
@NullMarked
package dev.starling.server.ring.seal;

import org.jspecify.annotations.NullMarked;
