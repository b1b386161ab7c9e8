/**
 * Brings what sessions say to each other from node to node: what is kept until its receivers
 * answered, what is said again over the next stream, and what is given up, as a state machine for
 * each peer.
 */
@NullMarked
package dev.starling.core.route;

import org.jspecify.annotations.NullMarked;
