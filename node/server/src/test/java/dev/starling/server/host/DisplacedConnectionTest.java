package dev.starling.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.room.RoomConfig;
import dev.starling.core.route.RouteConfig;
import dev.starling.core.session.SessionConfig;
import dev.starling.crdt.Content;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.proto.ClientFrame;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection whose session has gone on over another one, and that doesn't know yet. */
final class DisplacedConnectionTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final NodeHost node =
      new NodeHost(
          config(),
          (token, verdict) ->
              verdict.accept(
                  new HandshakeInput.Verified(
                      new Grant("ada", RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE))),
          user -> List.of(),
          new NodeClock(),
          UnaryOperator.identity(),
          List.of(loop));
  private final RecordedLink oldLink = new RecordedLink();
  private final RecordedLink newLink = new RecordedLink();

  @SuppressWarnings("NullAway.Init")
  private ConnectionHost old;

  @SuppressWarnings("NullAway.Init")
  private ConnectionHost current;

  static HostConfig config() {
    SessionConfig session =
        new SessionConfig(
            MINUTE,
            MINUTE,
            MINUTE,
            MINUTE,
            MINUTE / 10,
            10,
            10,
            100,
            100_000,
            10,
            new SessionConfig.Rates(1000, 1000, 1_000_000),
            new ClientLimits(1000, 10, 10, 1000, 1000));
    RoomConfig room = new RoomConfig(10, 10, 10, MINUTE);
    ShareConfig.Traffic traffic = new ShareConfig.Traffic(1000, 1000, 1_000_000);
    return new HostConfig(
        new ReplicaId("node", 1),
        "region",
        List.of(),
        session,
        room,
        new RouteConfig(1_000_000),
        null,
        MINUTE,
        10,
        10,
        1_000_000,
        new ShareConfig(traffic, 10, traffic, 10, 10, 1000, 1000, 1000));
  }

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @BeforeEach
  void displace() {
    run(() -> {
      old = node.connect(oldLink, loop, null);
      say(old, new ClientMessage.Hello(null, null));
    });
    run(() -> {
      var welcome = assertInstanceOf(ServerMessage.Welcome.class, oldLink.take().getFirst());
      ConnectionHost fresh = node.connect(newLink, loop, null);
      var resume = new ClientMessage.Resume(welcome.resumeToken(), "0");
      say(fresh, new ClientMessage.Hello(null, resume));
      current = fresh;
    });
    run(() -> {
      assertEquals(Code.REPLACED, oldLink.closed());
      newLink.take();
    });
  }

  @Test
  void whatItStillSaysIsNotAnsweredOverTheNewOne() {
    run(() -> say(old, new ClientMessage.Ping()));
    run(() -> assertEquals(List.of(), newLink.take()));
  }

  @Test
  void itsFullBuffersDoNotHoldTheNewOneBack() {
    run(() -> old.writable(false));
    run(() -> say(current, new ClientMessage.Join(1, "room", Content.EMPTY_OBJECT, null)));
    RecordedLink ben = new RecordedLink();
    run(() -> {
      ConnectionHost other = node.connect(ben, loop, null);
      say(other, new ClientMessage.Hello(null, null));
      say(other, new ClientMessage.Join(1, "room", Content.EMPTY_OBJECT, null));
    });
    run(() -> {
      List<ServerMessage> sent = newLink.take();
      assertInstanceOf(ServerMessage.Joined.class, sent.get(0));
      assertInstanceOf(ServerMessage.MemberChanged.class, sent.get(1));
    });
  }

  @Test
  void itsEndIsNotTheSessions() {
    run(() -> old.closed(true));
    run(() -> say(current, new ClientMessage.Ping()));
    run(() -> assertInstanceOf(ServerMessage.Pong.class, newLink.take().getFirst()));
  }

  private static void say(ConnectionHost connection, ClientMessage message) {
    connection.received(new ClientFrame.Valid(message), 10);
  }

  /** Runs on the loop, and returns when it and all that it caused has been done. */
  private void run(Runnable task) {
    loop.submit(task).syncUninterruptibly();
  }
}
