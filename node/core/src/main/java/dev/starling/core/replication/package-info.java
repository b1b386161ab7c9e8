/**
 * A node's part in keeping rooms at several owners: operations are applied at one, pushed to the
 * others and answered when two hold them; members elsewhere follow; whatever was missed is
 * repaired.
 */
@NullMarked
package dev.starling.core.replication;

import org.jspecify.annotations.NullMarked;
