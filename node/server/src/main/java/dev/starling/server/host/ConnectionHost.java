package dev.starling.server.host;

import dev.starling.core.handshake.HandshakeCore;
import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.handshake.HandshakeOutput;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.session.Secrets;
import dev.starling.core.session.SessionInput;
import dev.starling.proto.ClientFrame;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A connection on its loop: first a handshake, then a session's. What its client sends before the
 * session has taken the connection over waits here, bounded. The edge calls it on the connection's
 * loop.
 */
public final class ConnectionHost {
  /** Who sends more before the welcome isn't waiting for it. */
  private static final int MAX_EARLY_FRAMES = 64;

  private final NodeHost node;
  private final long number;
  private final ClientLink link;
  private final Loop loop;
  private final HandshakeCore handshake;
  private final Alarm alarm;
  private @Nullable ArrayDeque<SessionInput> early;
  private @Nullable SessionHost session;
  private boolean closed;
  private boolean cleanEnd;

  ConnectionHost(NodeHost node, long number, ClientLink link, Loop loop) {
    this.node = node;
    this.number = number;
    this.link = link;
    this.loop = loop;
    this.alarm = new Alarm(loop, node.clock(), () -> step(new HandshakeInput.Woken()));
    this.handshake =
        new HandshakeCore(node.config().helloNanos(), node.clock().nanos(), this::dispatch);
  }

  long number() {
    return number;
  }

  ClientLink link() {
    return link;
  }

  /** The client sent a frame of so many bytes. */
  public void received(ClientFrame frame, int bytes) {
    SessionInput input =
        switch (frame) {
          case ClientFrame.Valid valid -> new SessionInput.Received(valid.message(), bytes);
          case ClientFrame.Refused refused ->
              new SessionInput.Garbled(refused.id(), refused.code(), refused.message(), bytes);
        };
    if (session != null) {
      session.fromClient(number, input);
    } else if (handshake.saidHello()) {
      keep(input);
    } else {
      loop.run(() -> step(firstInput(frame)));
    }
  }

  /** The client gave a sign of life. */
  public void heard() {
    if (session != null) {
      session.fromClient(number, new SessionInput.Heard());
    }
  }

  /** The connection takes more data, or no more for now. */
  public void writable(boolean writable) {
    if (session != null) {
      session.fromClient(number, new SessionInput.Writable(writable));
    }
  }

  /**
   * The connection has ended, or ends; only the first call counts.
   *
   * @param clean whether the client meant to end its session
   */
  public void closed(boolean clean) {
    if (closed) {
      return;
    }
    closed = true;
    cleanEnd = clean;
    alarm.clear();
    node.closed(this);
    if (session != null) {
      session.input(new SessionInput.Detached(number, clean));
    }
  }

  private static HandshakeInput firstInput(ClientFrame frame) {
    return switch (frame) {
      case ClientFrame.Valid valid -> new HandshakeInput.Received(valid.message());
      case ClientFrame.Refused refused ->
          new HandshakeInput.Garbled(refused.code(), refused.message());
    };
  }

  private void keep(SessionInput input) {
    if (early == null) {
      early = new ArrayDeque<>();
    }
    if (early.size() < MAX_EARLY_FRAMES) {
      early.add(input);
    } else {
      refuse(Code.FLOODING, "wait for the welcome");
    }
  }

  void drain() {
    loop.run(() -> {
      if (session == null) {
        refuse(Code.DRAINING, "the node is going away");
      }
    });
  }

  /** A session has taken this connection; from the session's loop. */
  void adopted(SessionHost owner) {
    loop.run(() -> {
      alarm.clear();
      if (early != null) {
        early.forEach(input -> owner.fromClient(number, input));
        early = null;
      }
      if (closed) {
        owner.input(new SessionInput.Detached(number, cleanEnd));
      } else {
        session = owner;
      }
    });
  }

  /** The session that the client wanted to go on with won't have it; from any loop. */
  void resumeRefused(ResumeRefusal reason) {
    loop.run(() -> step(new HandshakeInput.ResumeRefused(reason)));
  }

  private void step(HandshakeInput input) {
    handshake.step(input, node.clock().nanos(), this::dispatch);
  }

  private void dispatch(HandshakeOutput output) {
    switch (output) {
      case HandshakeOutput.WakeAt wake -> alarm.set(wake.nanos());
      case HandshakeOutput.Verify verify -> {
        HandshakeInput verdict = node.admission().admit(verify.token());
        loop.run(() -> step(verdict));
      }
      case HandshakeOutput.Resume resume -> resume(resume);
      case HandshakeOutput.Open open -> {
        if (!closed && !node.open(this, loop, open.grant(), open.refused())) {
          refuse(Code.OVERLOADED, "the node holds as many sessions as it may");
        }
      }
      case HandshakeOutput.Refuse refused -> refuse(refused.code(), refused.message());
    }
  }

  private void resume(HandshakeOutput.Resume resume) {
    String id = Secrets.sessionOf(resume.token());
    SessionHost old = id == null ? null : node.session(id);
    if (old == null) {
      resumeRefused(ResumeRefusal.UNKNOWN);
    } else {
      old.resume(number, resume);
    }
  }

  private void refuse(Code code, String message) {
    alarm.clear();
    link.send(new Failed(null, code, message), null, "");
    link.close(code, message);
  }
}
