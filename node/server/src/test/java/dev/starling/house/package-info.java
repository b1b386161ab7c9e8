/**
 * Holds the house in order: which module may use what, how long files and methods may be, how types
 * are named and which words stay out. What the compiler and its plugins can check is not checked
 * here again.
 */
@NullMarked
package dev.starling.house;

import org.jspecify.annotations.NullMarked;
