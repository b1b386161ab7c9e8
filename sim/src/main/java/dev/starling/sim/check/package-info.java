/** What must hold after every event, and what must hold in the end. */
@NullMarked
package dev.starling.sim.check;

import org.jspecify.annotations.NullMarked;
