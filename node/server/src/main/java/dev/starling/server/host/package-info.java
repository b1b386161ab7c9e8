/**
 * Runs the cores of one node on its event loops: each session and each room belongs to one loop,
 * inputs reach it in order, and outputs go where they say. The adapters around it implement or call
 * the small interfaces here.
 */
@NullMarked
package dev.starling.server.host;

import org.jspecify.annotations.NullMarked;
