/** The wire form between owners: what is written is read again, and nothing read makes it throw. */
@NullMarked
package dev.starling.proto.replication;

import org.jspecify.annotations.NullMarked;
