/** Measurements that the production core has to keep to. */
@NullMarked
package dev.starling.sim.measure;

import org.jspecify.annotations.NullMarked;
