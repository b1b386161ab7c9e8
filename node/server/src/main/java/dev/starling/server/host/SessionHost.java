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

  /** A session that holds nothing, with its place in the tables, rounded up. */
  private static final int SESSION_BYTES = 4096;

  private final NodeHost node;
  private final String id;
  private final String user;
  private final Share share;
  private final Loop loop;
  private final HeldBytes held;
  private final SessionCore core;
  private final Alarm alarm;
  private final Consumer<SessionOutput> dispatch = this::dispatch;
  private @Nullable ClientLink link;
  private volatile @Nullable ConnectionHost connection;
  private long linkNumber;
  private boolean over;

  /**
   * @param share its user's, held for it
   */
  SessionHost(NodeHost node, String id, Loop loop, Grant grant, Share share) {
    this.node = node;
    this.id = id;
    this.user = grant.user();
    this.share = share;
    this.loop = loop;
    this.held = new HeldBytes(loop.page());
    HostConfig config = node.config();
    SessionIdentity identity =
        new SessionIdentity(id, node.life(), config.region(), config.urls(), FIRST_EPOCH);
    this.core =
        new SessionCore(
            identity,
            config.session(),
            grant,
            node.views(),
            new Secrets(id, node.random()),
            node.clock().nanos());
    this.alarm = new Alarm(loop, node.clock(), () -> step(new SessionInput.Woken()));
  }

  String id() {
    return id;
  }

  String user() {
    return user;
  }

  Loop loop() {
    return loop;
  }

  /** What all of its user's sessions share. */
  Share share() {
    return share;
  }

  /** How many bytes wait for its client, here and on the way to its socket; from any thread. */
  long waitingBytes() {
    ConnectionHost present = connection;
    return Math.max(0, held.get() - SESSION_BYTES) + (present == null ? 0 : present.waitingBytes());
  }

  /** Ends it, since the node holds too much; from any thread. */
  void shed() {
    loop.run(() -> {
      ClientLink victim = link;
      step(new SessionInput.Shed());
      if (victim != null) {
        victim.drop();
      }
    });
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
      held.set(over ? 0 : SESSION_BYTES + core.heldBytes());
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
    end();
  }

  private void end() {
    over = true;
    held.set(0);
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
      case SessionOutput.SendRelay relay -> node.relays().relay(relay.to(), relay.relay());
      case SessionOutput.SendRelays relays -> node.relays().relay(relays.to(), relays.relay());
      case SessionOutput.WakeAt wake -> alarm.set(wake.nanos());
      case SessionOutput.AskRoom ask ->
          node.rooms().ask(ask.room(), ask.request(), ask.residency());
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
        ConnectionHost refused = node.connection(refuse.link());
        if (refused != null) {
          refused.resumeRefused(refuse.reason());
        }
      }
      case SessionOutput.Ended ended -> end();
    }
  }

  private void adopt(long number) {
    linkNumber = number;
    ConnectionHost present = node.connection(number);
    connection = present;
    if (present != null) {
      link = present.link();
      present.adopted(this);
    } else {
      link = null;
      // It closed while it was on its way here.
      input(new SessionInput.Detached(number, false));
    }
  }
}
