/**
 * A table of hostile inputs and what must come of each, tried over real sockets against a real node
 * while two others talk undisturbed on it.
 */
@NullMarked
package dev.starling.server.hostile;

import org.jspecify.annotations.NullMarked;
