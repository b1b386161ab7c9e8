/** The commands keep their promises, and print what they say. */
@NullMarked
package dev.starling.sim;

import org.jspecify.annotations.NullMarked;
