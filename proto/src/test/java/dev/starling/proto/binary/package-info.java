/** What the binary form promises, and that both forms follow one schema. */
@NullMarked
package dev.starling.proto.binary;

import org.jspecify.annotations.NullMarked;
