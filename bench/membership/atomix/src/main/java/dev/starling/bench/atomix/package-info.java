/** Stock Atomix SWIM as a process of its own, to be compared with. */
@NullMarked
package dev.starling.bench.atomix;

import org.jspecify.annotations.NullMarked;
