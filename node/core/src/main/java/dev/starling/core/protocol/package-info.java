/**
 * The native client protocol as records: what a client may say, what a server answers, and the
 * closed list of codes. The wire forms live in the codecs; the state machines see only these types.
 */
@NullMarked
package dev.starling.core.protocol;

import org.jspecify.annotations.NullMarked;
