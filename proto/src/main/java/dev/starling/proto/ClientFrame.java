package dev.starling.proto;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import org.jspecify.annotations.Nullable;

/** What a client's frame turned out to be. */
public sealed interface ClientFrame {

  /** A message within the bounds. */
  record Valid(ClientMessage message) implements ClientFrame {}

  /**
   * No message, or not an acceptable one.
   *
   * @param id the request's number where it has a good one
   * @param message what is wrong and where, without anything of the frame's contents
   */
  record Refused(@Nullable Long id, Code code, String message) implements ClientFrame {}
}
