package dev.starling.server.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A node with a small account stays within it, whatever is piled up on it, while two clients that
 * behave go on signaling.
 */
final class MemoryTest {
  private static final long MIB = 1024 * 1024;
  private static final long LIMIT_BYTES = 8 * MIB;
  private static final String TALK = "x".repeat(8000);
  private static final String SDP = "x".repeat(60_000);

  private static final String[] SMALL = {
    "limits.memoryMib=8",
    "limits.bytesPerSecond=100000000",
    "limits.messagesPerSecond=100000",
    "limits.messageBurst=100000",
    "room.graceMs=50"
  };

  @Test
  void longChatsInManyRoomsAreRefusedWhileSignalsGoOn() throws IOException {
    try (Pair pair = new Pair();
        NativeClient eve = NativeClient.of(pair.node, "eve")) {
      int refused = 0;
      for (int room = 0; room < 16; room++) {
        eve.join("r" + room);
        for (int i = 0; i < 60 && refused == 0; i++) {
          Message answer = eve.answer("'type':'chat','room':'r" + room + "','data':'" + TALK + "'");
          if (!answer.text("type").equals("done")) {
            assertEquals("BUSY", answer.text("code"));
            assertTrue(answer.flag("retry"));
            refused++;
          }
        }
        pair.signal();
      }
      assertEquals(1, refused);
      pair.assertWithinAccount();
      // Who comes now still finds a place, and chat can be read.
      try (NativeClient late = NativeClient.in(pair.node, "r0", "late")) {
        assertEquals("history", late.answer("'type':'history','room':'r0','limit':5").text("type"));
      }
    }
  }

  /** They read, and never confirm: what was sent to them is kept for them. */
  @Test
  void biggestSlowConsumersAreClosedWhileSignalsGoOn() throws IOException {
    List<NativeClient> slow = new ArrayList<>();
    try (Pair pair = new Pair();
        NativeClient eve = NativeClient.in(pair.node, "heap", "eve")) {
      for (int i = 0; i < 12; i++) {
        slow.add(NativeClient.in(pair.node, "heap", "slow-" + i));
      }
      for (NativeClient victim : slow) {
        for (int i = 0; i < 16; i++) {
          eve.ask(
              "'type':'signal','room':'heap','to':'" + victim.session() + "','data':'" + SDP + "'");
        }
        pair.signal();
        pair.assertWithinAccount();
      }
      int closed = 0;
      for (NativeClient victim : slow) {
        victim.say("{'type':'ping'}");
        closed += isClosed(victim) ? 1 : 0;
      }
      assertTrue(closed > 0, "nobody was closed");
      assertTrue(closed < slow.size(), "more were closed than had to be");
      pair.signal();
    } finally {
      for (NativeClient client : slow) {
        client.close();
      }
    }
  }

  /** Whether it was closed, and not merely answered. */
  private static boolean isClosed(NativeClient client) {
    try {
      while (!client.next().text("type").equals("pong")) {
        // What was sent before.
      }
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void messagesThatNeverEndAreCounted() throws IOException {
    List<NativeClient> holders = new ArrayList<>();
    try (Pair pair = new Pair()) {
      long before = pair.node.heldBytes();
      for (int i = 0; i < 20; i++) {
        NativeClient client = NativeClient.of(pair.node, "eve-" + i);
        client.web().sendRaw(Arrays.copyOf(Frame.text(SDP).masked(), 50_000));
        holders.add(client);
      }
      await().until(() -> pair.node.heldBytes() > before + 20 * 50_000 - 64 * 1024);
      pair.signal();
      for (NativeClient client : holders) {
        client.close();
      }
      pair.signal();
    }
  }

  @Test
  void roomsThatTheApplicationMakesAreCounted() throws IOException {
    try (TestNode node = TestNode.start(ApiClient.SETTING, "limits.memoryMib=4")) {
      ApiClient api = ApiClient.of(node);
      String metadata = "{'text':'" + "x".repeat(4000) + "'}";
      for (int i = 0; i < 40; i++) {
        api.post("/rooms", "{'room':'r" + i + "','settings':{'metadata':" + metadata + "}}");
      }
      assertTrue(node.heldBytes() > 40 * 4000 - 64 * 1024, () -> "held: " + node.heldBytes());
    }
  }

  @Test
  void nobodyNewComesInNearTheLimitAndWhatWasHeldIsGivenBack() throws IOException {
    List<NativeClient> crowd = new ArrayList<>();
    try (TestNode node =
        TestNode.start("limits.memoryMib=4", "session.resumeMs=0", "room.graceMs=0")) {
      int code = 0;
      while (code == 0 && crowd.size() < 1000) {
        NativeClient client = NativeClient.connect(node);
        crowd.add(client);
        client.say("{'type':'hello','token':'" + Token.of("u" + crowd.size()).text() + "'}");
        Message answer = client.next();
        code = answer.text("type").equals("welcome") ? 0 : client.closeCode();
      }
      assertEquals(1013, code);
      assertTrue(node.heldBytes() <= 4 * MIB);
      for (NativeClient client : crowd) {
        client.close();
      }
      await()
          .ignoreExceptions()
          .until(() -> {
            try (NativeClient next = NativeClient.of(node, "next")) {
              return next.join("room").text("type").equals("joined");
            }
          });
    }
  }

  /** A node, and two of its clients that want nothing but to signal each other. */
  private static final class Pair implements AutoCloseable {
    private final TestNode node;
    private final NativeClient ada;
    private final NativeClient ben;

    Pair() throws IOException {
      node = TestNode.start(SMALL);
      ada = NativeClient.in(node, "calm", "ada");
      ben = NativeClient.in(node, "calm", "ben");
      ada.next("member");
    }

    /** One signal from end to end. */
    void signal() throws IOException {
      long id = ada.ask("'type':'signal','room':'calm','to':'" + ben.session() + "','data':1");
      ben.next("signal");
      ben.confirm();
      assertEquals("done", ada.answerTo(id).text("type"));
    }

    void assertWithinAccount() {
      assertTrue(node.heldBytes() <= LIMIT_BYTES, () -> "held: " + node.heldBytes());
    }

    @Override
    public void close() throws IOException {
      ada.close();
      ben.close();
      node.close();
    }
  }
}
