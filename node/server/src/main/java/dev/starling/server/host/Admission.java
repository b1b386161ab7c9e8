package dev.starling.server.host;

import dev.starling.core.handshake.HandshakeInput;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides who may come in. Called on event loops: it must not block. */
@FunctionalInterface
public interface Admission {
  /**
   * Checks a token, or whether one is needed at all.
   *
   * @param verdict told once, at once or later and from any thread, {@link HandshakeInput.Verified}
   *     or {@link HandshakeInput.Rejected}
   */
  void admit(@Nullable String token, Consumer<? super HandshakeInput> verdict);
}
