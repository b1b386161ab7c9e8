package dev.starling.core.handshake;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import org.jspecify.annotations.Nullable;

/** What a handshake wants done. */
public sealed interface HandshakeOutput {

  /** Check a token, or whether one is needed at all, and answer with Verified or Rejected. */
  record Verify(@Nullable String token) implements HandshakeOutput {
    @Override
    public String toString() {
      return "Verify[]";
    }
  }

  /** Take a session up again; where that fails, answer with ResumeRefused. */
  record Resume(String token, String offset, @Nullable Grant grant) implements HandshakeOutput {
    @Override
    public String toString() {
      return "Resume[offset=" + offset + ", grant=" + grant + "]";
    }
  }

  /** Open a new session; {@code refused} says why an old one could not go on. */
  record Open(Grant grant, @Nullable ResumeRefusal refused) implements HandshakeOutput {}

  /** Say why, and close. */
  record Refuse(Code code, String message) implements HandshakeOutput {}

  /** Step with Woken at this time. */
  record WakeAt(long nanos) implements HandshakeOutput {}
}
