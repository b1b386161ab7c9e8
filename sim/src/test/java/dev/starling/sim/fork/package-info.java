/** Other Java processes for tests. */
@NullMarked
package dev.starling.sim.fork;

import org.jspecify.annotations.NullMarked;
