package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that don't read: they may cost themselves, not the others and not the node. */
final class SlowConsumerTest {
  private static final String PAYLOAD = "x".repeat(8000);
  private static final int STALL_MILLIS = 500;

  private static final String[] FAST_AND_NARROW = {
    "limits.outboundBytes=65536",
    "limits.bytesPerSecond=100000000",
    "limits.messagesPerSecond=1000000",
    "limits.messageBurst=1000000"
  };

  @Test
  void memberThatDoesNotReadIsClosedWhileTheOthersGoOn() throws IOException {
    try (TestNode node =
            TestNode.start(
                "limits.unconfirmedBytes=65536",
                "limits.bytesPerSecond=100000000",
                "limits.messagesPerSecond=1000000",
                "room.graceMs=50");
        NativeClient ada = NativeClient.in(node, "slow", "ada");
        NativeClient slow = NativeClient.in(node, "slow", "slow");
        NativeClient ben = NativeClient.in(node, "slow", "ben")) {
      ada.next("member");
      ada.next("member");
      boolean gone = false;
      for (int i = 0; i < 2000 && !gone; i++) {
        ada.answer("'type':'chat','room':'slow','data':'" + PAYLOAD + "'");
        gone = ben.next().text("type").equals("member");
        ben.confirm();
      }
      assertTrue(gone, "the slow member was kept");
      assertTrue(Set.of(4431, WebSocketClient.CUT_OFF).contains(slow.closeCode()));
    }
  }

  @Test
  void answersThatNobodyReadsEndTheConnection() throws IOException {
    try (TestNode node = TestNode.start(FAST_AND_NARROW);
        SocketChannel channel = node.channel();
        NativeClient ada = NativeClient.in(node, "greedy", "ada");
        NativeClient greedy = NativeClient.over(channel.socket())) {
      greedy.hello(Token.of("greedy").text());
      greedy.join("greedy");
      fillChat(ada, "greedy", 100);
      assertTrue(stopsTaking(channel, history("greedy").masked()), "it was served on and on");
      String next = ada.next().text("event");
      assertEquals("joined", next);
      ada.say("{'type':'ping'}");
      assertTrue(ada.next().has("type"));
    }
  }

  @Test
  void manyAnswersAtOnceAreNoFaultOfAClientThatReads() throws IOException {
    try (TestNode node = TestNode.start(FAST_AND_NARROW);
        NativeClient ada = NativeClient.in(node, "reader", "ada")) {
      fillChat(ada, "reader", 12);
      byte[] one = history("reader").masked();
      ByteBuffer three = ByteBuffer.allocate(3 * one.length).put(one).put(one).put(one);
      ada.web().sendRaw(three.array());
      for (int i = 0; i < 3; i++) {
        assertEquals(12, ada.next("history").list("messages").size());
      }
    }
  }

  private static void fillChat(NativeClient author, String room, int messages) throws IOException {
    for (int i = 0; i < messages; i++) {
      author.answer("'type':'chat','room':'" + room + "','data':'" + "x".repeat(4000) + "'");
    }
  }

  /** A request that is cheap to send and dear to answer; an id that may be asked again. */
  private static Frame history(String room) {
    return Frame.text("{\"type\":\"history\",\"id\":999,\"room\":\"" + room + "\",\"limit\":100}");
  }

  /**
   * Writes the same on and on: true where the other side takes no more of it, be it that it has
   * closed the connection or that it doesn't read.
   */
  private static boolean stopsTaking(SocketChannel channel, byte[] bytes) throws IOException {
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_WRITE);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TestNode.PATIENCE_MILLIS);
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (System.nanoTime() < end) {
        if (selector.select(STALL_MILLIS) == 0) {
          return true;
        }
        selector.selectedKeys().clear();
        channel.write(rest);
        if (!rest.hasRemaining()) {
          rest.rewind();
        }
      }
      return false;
    } catch (IOException closed) {
      return true;
    }
  }
}
