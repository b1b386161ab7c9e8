/**
 * Bugs planted into the membership core and its codec: its unit tests survive them, storms don't.
 */
@NullMarked
package dev.starling.sim.planted;

import org.jspecify.annotations.NullMarked;
