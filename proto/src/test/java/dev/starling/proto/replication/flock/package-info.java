/**
 * Many nodes' replication on virtual time, over links and disks that fail by seed: what was
 * acknowledged is kept, and what was told to members is true.
 */
@NullMarked
package dev.starling.proto.replication.flock;

import org.jspecify.annotations.NullMarked;
