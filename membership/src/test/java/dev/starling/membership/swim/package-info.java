/**
 * What one group promises, shown on nodes that are stepped by hand and on small groups on virtual
 * time.
 */
@NullMarked
package dev.starling.membership.swim;

import org.jspecify.annotations.NullMarked;
