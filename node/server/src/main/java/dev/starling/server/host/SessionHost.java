package dev.starling.server.host;

import dev.starling.core.handshake.HandshakeOutput;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.session.Secrets;
import dev.starling.core.session.SessionCore;
import dev.starling.core.session.SessionIdentity;
import dev.starling.core.session.SessionInput;
import dev.starling.core.session.SessionOutput;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session on its loop. */
final class SessionHost {
  private static final Logger log = LoggerFactory.getLogger(SessionHost.class);

  private static final long FIRST_EPOCH = 1;

  private final NodeHost node;
  private final String id;
  private final String user;
  private final Loop loop;
  private final SessionCore core;
  private final Alarm alarm;
  private final Consumer<SessionOutput> dispatch = this::dispatch;
  private @Nullable ClientLink link;
  private long linkNumber;

  SessionHost(NodeHost node, String id, Loop loop, Grant grant) {
    this.node = node;
    this.id = id;
    this.user = grant.user();
    this.loop = loop;
    HostConfig config = node.config();
    SessionIdentity identity =
        new SessionIdentity(
            id, config.replica().node(), config.region(), config.urls(), FIRST_EPOCH);
    this.core =
        new SessionCore(
            identity,
            config.session(),
            grant,
            node::view,
            new Secrets(id, node.random()),
            node.clock().nanos());
    this.alarm = new Alarm(loop, node.clock(), () -> step(new SessionInput.Woken()));
  }

  String id() {
    return id;
  }

  /** Steps the session with an input, on its loop; from any thread. */
  void input(SessionInput input) {
    loop.run(() -> step(input));
  }

  /**
   * Steps the session with what its client did, from any thread; what comes late from a connection
   * that was displaced says nothing about the present one.
   */
  void fromClient(long number, SessionInput input) {
    loop.run(() -> {
      if (number == linkNumber) {
        step(input);
      }
    });
  }

  /** A connection wants to take the session up again; from any thread. */
  void resume(long link, HandshakeOutput.Resume wish) {
    input(
        new SessionInput.Resumed(
            link, wish.token(), wish.offset(), wish.grant(), node.iceServers().of(user)));
    // What was revoked since the wish's token was verified was told to the session before it had
    // it.
    input(new SessionInput.Revoked(node.revocations()));
  }

  private void step(SessionInput input) {
    try {
      core.step(input, node.clock().nanos(), dispatch);
    } catch (RuntimeException fault) {
      log.error("a session failed; this is a fault of the server", fault);
      fail();
    }
  }

  /** The session's state can't be trusted any more: its client starts anew. */
  private void fail() {
    if (link != null) {
      link.close(Code.INTERNAL, "a fault of the server");
      link = null;
    }
    alarm.clear();
    node.ended(this);
  }

  private void dispatch(SessionOutput output) {
    switch (output) {
      case SessionOutput.Send send -> {
        if (link != null) {
          link.send(send.message(), send.offset(), id);
        }
      }
      case SessionOutput.SendRelay relay -> node.relay(relay.to(), relay.relay());
      case SessionOutput.WakeAt wake -> alarm.set(wake.nanos());
      case SessionOutput.AskRoom ask -> node.ask(ask.room(), ask.request());
      case SessionOutput.Ping ping -> {
        if (link != null) {
          link.ping();
        }
      }
      case SessionOutput.UseLink use -> adopt(use.link());
      case SessionOutput.CloseLink close -> {
        if (link != null) {
          link.close(close.code(), close.message());
          link = null;
        }
      }
      case SessionOutput.RefuseResume refuse -> {
        ConnectionHost connection = node.connection(refuse.link());
        if (connection != null) {
          connection.resumeRefused(refuse.reason());
        }
      }
      case SessionOutput.Ended ended -> {
        alarm.clear();
        node.ended(this);
      }
    }
  }

  private void adopt(long number) {
    linkNumber = number;
    ConnectionHost connection = node.connection(number);
    if (connection != null) {
      link = connection.link();
      connection.adopted(this);
    } else {
      link = null;
      // It closed while it was on its way here.
      input(new SessionInput.Detached(number, false));
    }
  }
}
