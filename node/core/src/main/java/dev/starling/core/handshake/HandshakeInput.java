package dev.starling.core.handshake;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;

/** What can happen during a handshake. */
public sealed interface HandshakeInput {

  /** The client's first message. */
  record Received(ClientMessage message) implements HandshakeInput {}

  /** The client's first frame was no message. */
  record Garbled(Code code, String message) implements HandshakeInput {}

  /** The token, or its absence, is good for this. */
  record Verified(Grant grant) implements HandshakeInput {}

  /** The token is no good. */
  record Rejected(Code code, String message) implements HandshakeInput {}

  /** The session can't be taken up again. */
  record ResumeRefused(ResumeRefusal reason) implements HandshakeInput {}

  /** Time has passed. */
  record Woken() implements HandshakeInput {}
}
