/**
 * The binary form of the native client protocol, over the classes generated from {@code
 * starling/v1/starling.proto}. Payloads stay windows on the frame they came in.
 */
@NullMarked
package dev.starling.proto.binary;

import org.jspecify.annotations.NullMarked;
