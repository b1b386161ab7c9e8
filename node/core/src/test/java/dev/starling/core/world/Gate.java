package dev.starling.core.world;

import dev.starling.core.handshake.HandshakeCore;
import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.handshake.HandshakeOutput;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.session.Secrets;
import dev.starling.core.session.SessionInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The node's end of a line: a handshake first, then a session's. */
final class Gate {
  private final Node node;
  private final Line line;
  private final HandshakeCore handshake;
  private final List<SessionInput> early = new ArrayList<>();
  private @Nullable SessionCell session;
  private boolean over;
  private boolean ended;

  Gate(Node node, Line line) {
    this.node = node;
    this.line = line;
    this.handshake = new HandshakeCore(Bounds.HELLO, node.timeline().nowNanos(), this::dispatch);
  }

  Line line() {
    return line;
  }

  void received(ClientMessage message, int bytes) {
    if (!handshake.saidHello()) {
      step(new HandshakeInput.Received(message));
    } else {
      pass(new SessionInput.Received(message, bytes));
    }
  }

  void garbled(@Nullable Long id, Code code, int bytes) {
    if (!handshake.saidHello()) {
      step(new HandshakeInput.Garbled(code, "garbled"));
    } else {
      pass(new SessionInput.Garbled(id, code, "garbled", bytes));
    }
  }

  void heard() {
    pass(new SessionInput.Heard(0));
  }

  void writable(boolean writable) {
    pass(new SessionInput.Writable(writable));
  }

  /** The line has ended; a session hears of it even after it has let go of the line. */
  void ended(boolean clean) {
    if (!ended) {
      ended = true;
      over = true;
      node.closed(this);
      if (session != null) {
        session.input(new SessionInput.Detached(line.number(), clean));
      }
    }
  }

  /** A session took the line over. */
  void adopted(SessionCell owner) {
    session = owner;
    early.forEach(owner::input);
    early.clear();
  }

  /** The session has let go of the line: what still comes in is nobody's. */
  void abandoned() {
    over = true;
  }

  void resumeRefused(ResumeRefusal reason) {
    step(new HandshakeInput.ResumeRefused(reason));
  }

  private void pass(SessionInput input) {
    if (over) {
      return;
    }
    if (session != null) {
      session.input(input);
    } else {
      early.add(input);
    }
  }

  private void step(HandshakeInput input) {
    handshake.step(input, node.timeline().nowNanos(), this::dispatch);
  }

  private void dispatch(HandshakeOutput output) {
    switch (output) {
      case HandshakeOutput.WakeAt wake ->
          node.timeline().at(wake.nanos(), () -> step(new HandshakeInput.Woken()));
      case HandshakeOutput.Verify verify ->
          node.timeline().soon(() -> step(node.verify(verify.token())));
      case HandshakeOutput.Resume resume -> resume(resume);
      case HandshakeOutput.Open open -> node.open(this, open.grant(), open.refused());
      case HandshakeOutput.Refuse refuse -> {
        over = true;
        line.write(new Failed(null, refuse.code(), refuse.message()), null);
        line.close(refuse.code());
      }
    }
  }

  private void resume(HandshakeOutput.Resume resume) {
    String id = Secrets.sessionOf(resume.token());
    SessionCell old = id == null ? null : node.session(id);
    if (old == null) {
      node.timeline().soon(() -> resumeRefused(ResumeRefusal.UNKNOWN));
    } else {
      old.input(
          new SessionInput.Resumed(
              line.number(), resume.token(), resume.offset(), resume.grant(), List.of()));
    }
  }
}
