/**
 * {@code dev}: a development cluster on this machine, one process a node. Nodes live as long as the
 * command does: it ends them when it is ended, and they notice by a closed pipe when it was killed.
 */
@NullMarked
package dev.starling.tools.dev;

import org.jspecify.annotations.NullMarked;
