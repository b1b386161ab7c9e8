/** A network in hand for the tests of this module. */
@NullMarked
package dev.starling.membership;

import org.jspecify.annotations.NullMarked;
