package dev.starling.server.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Every buffer goes back. Netty watches each one in these tests and reports those that the garbage
 * collector finds still held; reports from the tests before this one count as well.
 */
final class LeakTest {
  private static final Cleaner CLEANER = Cleaner.create();

  @Test
  void nettyWatchesEveryBuffer() {
    assertSame(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
    assertInstanceOf(
        LeakReports.class,
        ResourceLeakDetectorFactory.instance().newResourceLeakDetector(ByteBuf.class, 1));
  }

  @Test
  void noBufferIsLostWhateverAClientDoes() throws IOException {
    try (TestNode node = TestNode.start("limits.outboundBytes=65536")) {
      for (int i = 0; i < 20; i++) {
        talk(node);
        breakRules(node);
      }
    }
    collectGarbage();
    // The next buffer makes Netty look for those that were lost before.
    for (int i = 0; i < 10; i++) {
      PooledByteBufAllocator.DEFAULT.directBuffer().release();
    }
    assertEquals(List.of(), LeakReports.all());
  }

  private static void talk(TestNode node) throws IOException {
    try (NativeClient ada = NativeClient.in(node, "leaks", "ada");
        NativeClient ben = NativeClient.in(node, "leaks", "ben")) {
      ada.next("member");
      ben.web().send(Frame.ping("payload"));
      ben.answer("'type':'broadcast','room':'nowhere','data':1");
      ben.ask("'type':'signal','room':'leaks','to':'" + ada.session() + "','data':[1,2]");
      ada.next("signal");
      ada.web()
          .send(
              Frame.part(Frame.TEXT, "{\"type\":\"pi"),
              Frame.part(Frame.FIN | Frame.CONTINUATION, "ng\"}"));
      ada.next("pong");
      ada.leave();
    }
    HttpAnswer.ask(node, "GET /sdk/starling.js HTTP/1.1");
    HttpAnswer.ask(node, "HEAD /nowhere HTTP/1.1");
    HttpAnswer.ask(node, "POST /health HTTP/1.1", "Content-Length: 0");
  }

  private static void breakRules(TestNode node) throws IOException {
    List<Frame> violations =
        List.of(
            new Frame(Frame.FIN | Frame.BINARY, new byte[100]),
            new Frame(Frame.FIN | Frame.RSV1 | Frame.TEXT, new byte[100]),
            Frame.text("{{"),
            Frame.text(" ".repeat(70_000)),
            Frame.close(1005));
    for (Frame violation : violations) {
      try (NativeClient client = NativeClient.of(node, "eve")) {
        client.web().send(Frame.text("{\"type\":\"ping\"}"), violation);
        client.closeCode();
      }
    }
    try (NativeClient halfSaid = NativeClient.of(node, "eve")) {
      halfSaid.web().send(Frame.part(Frame.TEXT, "{\"type\":"));
    }
  }

  /** Returns when the garbage collector has run. */
  private static void collectGarbage() {
    AtomicBoolean collected = new AtomicBoolean();
    CLEANER.register(new Object(), () -> collected.set(true));
    await()
        .until(() -> {
          System.gc();
          return collected.get();
        });
  }
}
