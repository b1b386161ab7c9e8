package dev.starling.server.host;

import dev.starling.core.handshake.HandshakeCore;
import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.handshake.HandshakeOutput;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.session.Secrets;
import dev.starling.core.session.SessionInput;
import dev.starling.proto.ClientFrame;
import dev.starling.server.host.SharedRate.Pace;
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

  /** Nor is who sends more than that many of the largest messages. */
  private static final int MAX_EARLY_MESSAGES = 2;

  /** A connection without anything waiting, with its handlers and buffers, rounded up. */
  private static final int CONNECTION_BYTES = 6144;

  private final NodeHost node;
  private final long number;
  private final ClientLink link;
  private final Loop loop;
  private final @Nullable Visitor visitor;
  private final SharedIntake shares;
  private final HeldBytes held;
  private final Alarm alarm;

  /** Gone once a session has the connection. */
  private @Nullable HandshakeCore handshake;

  private @Nullable ArrayDeque<SessionInput> early;
  private @Nullable SessionHost session;
  private long earlyBytes;
  private int earlySigns;
  private boolean closed;
  private boolean cleanEnd;

  ConnectionHost(
      NodeHost node, long number, ClientLink link, Loop loop, @Nullable Visitor visitor) {
    this.node = node;
    this.number = number;
    this.link = link;
    this.loop = loop;
    this.visitor = visitor;
    this.shares = new SharedIntake(node.clock(), node.config().shares(), visitor);
    this.held = new HeldBytes(loop.page());
    holds(0);
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

  /** How many bytes wait for its client, or for the rest of a message of its; from any thread. */
  long waitingBytes() {
    return Math.max(0, held.get() - CONNECTION_BYTES);
  }

  /** So many bytes wait for the client, or for the rest of its message. */
  public void holds(long waitingBytes) {
    if (!closed) {
      held.set(CONNECTION_BYTES + waitingBytes);
    }
  }

  /** The client sent a frame of so many bytes. */
  public void received(ClientFrame frame, int bytes) {
    Pace pace = shares.count(bytes);
    if (session != null) {
      session.fromClient(number, sessionInput(frame, bytes, pace));
    } else if (handshake == null || handshake.saidHello()) {
      keep(sessionInput(frame, bytes, pace), bytes);
    } else {
      loop.run(() -> step(firstInput(frame)));
    }
  }

  private SessionInput sessionInput(ClientFrame frame, int bytes, Pace pace) {
    if (pace == Pace.FAR_ABOVE) {
      return flooding(bytes);
    }
    return switch (frame) {
      case ClientFrame.Valid valid ->
          new SessionInput.Received(valid.message(), bytes, refusal(valid.message(), pace));
      case ClientFrame.Refused refused ->
          new SessionInput.Garbled(refused.id(), refused.code(), refused.message(), bytes);
    };
  }

  private @Nullable Code refusal(ClientMessage message, Pace pace) {
    if (pace == Pace.ABOVE) {
      return Code.RATE_LIMITED;
    }
    return node.account().refuses(message) ? Code.BUSY : null;
  }

  private static SessionInput flooding(int bytes) {
    return new SessionInput.Garbled(
        null, Code.FLOODING, "its user or address is far above the rate limit", bytes);
  }

  /**
   * The client gave a sign of life: a ping, a pong or a part of a message.
   *
   * @param bytes what is counted against its rate
   */
  public void heard(int bytes) {
    Pace pace = shares.count(bytes);
    if (session != null) {
      session.fromClient(
          number, pace == Pace.FAR_ABOVE ? flooding(bytes) : new SessionInput.Heard(bytes));
    } else if (++earlySigns > MAX_EARLY_FRAMES) {
      refuse(Code.FLOODING, "say hello first");
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
    held.set(0);
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

  private void keep(SessionInput input, int bytes) {
    earlyBytes += bytes;
    long most = (long) MAX_EARLY_MESSAGES * node.config().session().limits().messageBytes();
    if (early == null) {
      early = new ArrayDeque<>();
    }
    if (early.size() < MAX_EARLY_FRAMES && earlyBytes <= most) {
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
      shares.belongsTo(owner.share());
      if (early != null) {
        early.forEach(input -> owner.fromClient(number, input));
        early = null;
      }
      if (closed) {
        owner.input(new SessionInput.Detached(number, cleanEnd));
      } else {
        session = owner;
        handshake = null;
      }
    });
  }

  /** The session that the client wanted to go on with won't have it; from any loop. */
  void resumeRefused(ResumeRefusal reason) {
    loop.run(() -> step(new HandshakeInput.ResumeRefused(reason)));
  }

  private void step(HandshakeInput input) {
    if (handshake != null) {
      handshake.step(input, node.clock().nanos(), this::dispatch);
    }
  }

  private void dispatch(HandshakeOutput output) {
    switch (output) {
      case HandshakeOutput.WakeAt wake -> alarm.set(wake.nanos());
      case HandshakeOutput.Verify verify -> verify(verify.token());
      case HandshakeOutput.Resume resume -> resume(resume);
      case HandshakeOutput.Open open -> {
        if (!closed && !node.open(this, loop, open.grant(), open.refused())) {
          refuse(Code.OVERLOADED, "the node, or the user, has as many sessions as it may");
        }
      }
      case HandshakeOutput.Refuse refused -> {
        if (visitor != null && !refused.code().retry()) {
          visitor.refused(node.clock().nanos());
        }
        refuse(refused.code(), refused.message());
      }
    }
  }

  /** Tokens of an address that brings too many bad ones aren't looked at for a while. */
  private void verify(@Nullable String token) {
    if (visitor != null && visitor.refusedTooOften(node.clock().nanos())) {
      HandshakeInput flooding =
          new HandshakeInput.Rejected(
              Code.FLOODING, "too many hellos from this address were refused; wait a minute");
      loop.run(() -> step(flooding));
    } else {
      node.admission().admit(token, verdict -> loop.run(() -> step(verdict)));
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
