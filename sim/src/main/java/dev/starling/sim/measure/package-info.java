/** Measurements that parameters are chosen by. */
@NullMarked
package dev.starling.sim.measure;

import org.jspecify.annotations.NullMarked;
