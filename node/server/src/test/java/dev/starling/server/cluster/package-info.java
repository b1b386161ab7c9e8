/** A development cluster of real processes, killed, stopped and asked by operators' commands. */
@NullMarked
package dev.starling.server.cluster;

import org.jspecify.annotations.NullMarked;
