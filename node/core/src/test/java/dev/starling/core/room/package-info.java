/** What a room promises, seen alone. */
@NullMarked
package dev.starling.core.room;

import org.jspecify.annotations.NullMarked;
