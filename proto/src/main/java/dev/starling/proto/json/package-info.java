/**
 * The JSON form of the native client protocol: a reader that checks a frame in one pass and takes
 * payloads as windows on it, and a writer into a reused buffer. Neither materialises what an
 * application sends.
 */
@NullMarked
package dev.starling.proto.json;

import org.jspecify.annotations.NullMarked;
