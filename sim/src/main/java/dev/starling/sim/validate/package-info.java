/**
 * Published figures of the algorithms, measured on the production core: what the simulator says of
 * known things, beside what is known of them.
 */
@NullMarked
package dev.starling.sim.validate;

import org.jspecify.annotations.NullMarked;
