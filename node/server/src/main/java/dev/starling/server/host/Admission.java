package dev.starling.server.host;

import dev.starling.core.handshake.HandshakeInput;
import org.jspecify.annotations.Nullable;

/** Decides who may come in. Called on event loops: it must not block. */
@FunctionalInterface
public interface Admission {
  /**
   * Checks a token, or whether one is needed at all.
   *
   * @return {@link HandshakeInput.Verified} or {@link HandshakeInput.Rejected}
   */
  HandshakeInput admit(@Nullable String token);
}
