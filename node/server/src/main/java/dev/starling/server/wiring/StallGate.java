package dev.starling.server.wiring;

import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.protocol.Code;
import dev.starling.server.host.Admission;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody in while this node may be dead to others: who comes is better off elsewhere, or a
 * moment later.
 *
 * @param stalled asked at each hello, on any loop
 */
record StallGate(BooleanSupplier stalled, Admission next) implements Admission {
  @Override
  public void admit(@Nullable String token, Consumer<? super HandshakeInput> verdict) {
    if (stalled.getAsBoolean()) {
      verdict.accept(
          new HandshakeInput.Rejected(
              Code.OVERLOADED,
              "the node stood still and isn't in step with the others yet; try again, or another"));
    } else {
      next.admit(token, verdict);
    }
  }
}
