package dev.starling.core.handshake;

import dev.starling.core.handshake.HandshakeInput.Garbled;
import dev.starling.core.handshake.HandshakeInput.Received;
import dev.starling.core.handshake.HandshakeInput.Rejected;
import dev.starling.core.handshake.HandshakeInput.ResumeRefused;
import dev.starling.core.handshake.HandshakeInput.Verified;
import dev.starling.core.handshake.HandshakeInput.Woken;
import dev.starling.core.protocol.ClientMessage.Hello;
import dev.starling.core.protocol.ClientMessage.Resume;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection before it belongs to a session: waits for {@code hello}, has its token checked, and
 * asks for the old session or a new one. A token is checked before a resume, so that a bad one
 * can't displace a living connection.
 *
 * <pre>
 *   hello ──token──▶ Verify ──▶ Resume ──refused──▶ Open
 *     │                └───────(nothing to resume)────▲
 *     └─no token, resume──▶ Resume ──refused──▶ Verify┘
 * </pre>
 *
 * Not re-entrant, one thread at a time; nothing a client says makes it throw.
 */
public final class HandshakeCore {
  private final long deadlineNanos;
  private @Nullable Hello hello;
  private boolean saidHello;
  private @Nullable Grant grant;
  private @Nullable ResumeRefusal refused;
  private boolean over;

  /**
   * @param limitNanos how long the client may take until its hello
   */
  public HandshakeCore(long limitNanos, long nowNanos, Consumer<? super HandshakeOutput> out) {
    this.deadlineNanos = nowNanos + limitNanos;
    out.accept(new HandshakeOutput.WakeAt(deadlineNanos));
  }

  /** Advances the handshake by one input; after its end inputs are without effect. */
  public void step(HandshakeInput input, long nowNanos, Consumer<? super HandshakeOutput> out) {
    if (over) {
      return;
    }
    switch (input) {
      case Received received -> received(received, out);
      case Garbled garbled -> refuse(garbled.code(), garbled.message(), out);
      case Verified verified -> verified(verified.grant(), out);
      case Rejected rejected -> refuse(rejected.code(), rejected.message(), out);
      case ResumeRefused failed -> resumeRefused(failed.reason(), out);
      case Woken woken -> {
        if (!saidHello && nowNanos >= deadlineNanos) {
          refuse(Code.HELLO_TIMEOUT, "no hello in time", out);
        }
      }
    }
  }

  /** Whether a client's further frames belong to what comes after the handshake. */
  public boolean saidHello() {
    return saidHello;
  }

  private void received(Received received, Consumer<? super HandshakeOutput> out) {
    if (!(received.message() instanceof Hello first) || saidHello) {
      refuse(Code.HELLO_REQUIRED, "the first frame must be hello", out);
      return;
    }
    hello = first;
    saidHello = true;
    Resume resume = first.resume();
    if (first.token() == null && resume != null) {
      out.accept(new HandshakeOutput.Resume(resume.token(), resume.offset(), null));
    } else {
      out.accept(new HandshakeOutput.Verify(first.token()));
    }
  }

  private void verified(Grant verified, Consumer<? super HandshakeOutput> out) {
    grant = verified;
    Resume resume = hello == null ? null : hello.resume();
    if (resume != null && refused == null) {
      out.accept(new HandshakeOutput.Resume(resume.token(), resume.offset(), verified));
    } else {
      open(verified, out);
    }
  }

  private void resumeRefused(ResumeRefusal reason, Consumer<? super HandshakeOutput> out) {
    refused = reason;
    if (grant != null) {
      open(grant, out);
    } else {
      out.accept(new HandshakeOutput.Verify(null));
    }
  }

  private void open(Grant verified, Consumer<? super HandshakeOutput> out) {
    over = true;
    hello = null; // With a token that would else stay as long as the connection.
    grant = null;
    out.accept(new HandshakeOutput.Open(verified, refused));
  }

  private void refuse(Code code, String message, Consumer<? super HandshakeOutput> out) {
    over = true;
    out.accept(new HandshakeOutput.Refuse(code, message));
  }
}
