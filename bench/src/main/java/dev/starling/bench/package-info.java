/**
 * Micro-benchmarks: what one operation of a codec or a core costs, in time and in bytes allocated.
 */
@NullMarked
package dev.starling.bench;

import org.jspecify.annotations.NullMarked;
