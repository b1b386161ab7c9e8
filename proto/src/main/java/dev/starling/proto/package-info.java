/** The wire forms of the client protocol: what they share. Each form has a package of its own. */
@NullMarked
package dev.starling.proto;

import org.jspecify.annotations.NullMarked;
