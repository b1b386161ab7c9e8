/**
 * What must hold: of each change that a node notices and each packet that it sends, of what it
 * keeps four times a second, and of everybody in the end.
 */
@NullMarked
package dev.starling.sim.check;

import org.jspecify.annotations.NullMarked;
