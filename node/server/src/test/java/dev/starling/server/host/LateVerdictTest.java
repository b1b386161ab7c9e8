package dev.starling.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.ServerMessage.Welcome;
import dev.starling.crdt.Role;
import dev.starling.proto.ClientFrame;
import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens whose check takes a while, in which something happens to all sessions. */
final class LateVerdictTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final List<Consumer<? super HandshakeInput>> pending = new ArrayList<>();
  private final NodeHost node =
      new NodeHost(
          DisplacedConnectionTest.config(),
          (token, verdict) -> pending.add(verdict),
          user -> List.of(),
          new NodeClock(),
          UnaryOperator.identity(),
          List.of(loop));

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void tokenThatWasRevokedWhileItWasCheckedOpensNoSession() {
    RecordedLink link = new RecordedLink();
    run(() -> hello(link, null));
    node.revoke(grant -> "t1".equals(grant.tokenId()));
    verify("t1");
    run(() -> assertEquals(Code.REVOKED, link.closed()));
  }

  @Test
  void tokenThatWasRevokedWhileItWasCheckedResumesNoSession() {
    RecordedLink first = new RecordedLink();
    run(() -> hello(first, null));
    verify("t1");
    RecordedLink second = new RecordedLink();
    run(() -> {
      Welcome welcome = assertInstanceOf(Welcome.class, first.take().getFirst());
      hello(second, new ClientMessage.Resume(welcome.resumeToken(), "0"));
    });
    node.revoke(grant -> "t2".equals(grant.tokenId()));
    verify("t2");
    run(() -> assertEquals(Code.REVOKED, second.closed()));
  }

  @Test
  void drainIsOverThoughATokenWasStillChecked() {
    RecordedLink link = new RecordedLink();
    List<ConnectionHost> connections = new ArrayList<>();
    run(() -> connections.add(hello(link, null)));
    var drained = node.drain();
    run(() -> assertEquals(Code.DRAINING, link.closed()));
    verify("t1");
    run(() -> connections.getFirst().closed(false));
    run(() -> assertTrue(drained.isDone()));
  }

  private ConnectionHost hello(RecordedLink link, ClientMessage.@Nullable Resume resume) {
    ConnectionHost connection = node.connect(link, loop, null);
    ClientMessage hello = new ClientMessage.Hello("token", resume);
    connection.received(new ClientFrame.Valid(hello), 10);
    return connection;
  }

  /** From another thread, as such verdicts come. */
  private void verify(String tokenId) {
    Grant grant =
        new Grant("ada", RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE, tokenId, 0, List.of());
    pending.removeFirst().accept(new HandshakeInput.Verified(grant));
    run(() -> {});
  }

  /** Runs on the loop, and returns when it and all that it caused has been done. */
  private void run(Runnable task) {
    loop.submit(task).syncUninterruptibly();
  }
}
