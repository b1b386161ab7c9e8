/** Published figures, measured with fewer samples. */
@NullMarked
package dev.starling.sim.validate;

import org.jspecify.annotations.NullMarked;
