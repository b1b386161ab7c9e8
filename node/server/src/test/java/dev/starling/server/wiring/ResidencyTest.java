package dev.starling.server.wiring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.edge.Message;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.edge.Token;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of one region, one of another, and there an owner that takes down what it is sent. */
final class ResidencyTest {
  private static final int ROOMS = 4;

  @TempDir static Path folder = Path.of("");
  private static final List<TestNode> east = new ArrayList<>();
  private static final List<TestNode> west = new ArrayList<>();
  private static final List<Overhearing> spies = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates =
        Pki.write(folder.resolve("pki"), pki.issue("a", "b", "c", "spy"), pki);
    int seed = TestNodes.freePort();
    east.add(start(certificates, "a", "east", seed, seed));
    east.add(start(certificates, "b", "east", TestNodes.freePort(), seed));
    west.add(start(certificates, "c", "west", TestNodes.freePort(), seed));
    spies.add(Overhearing.start("spy", "west", certificates, seed));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> spies.getFirst().linked().containsAll(List.of("a", "b", "c")));
  }

  @AfterAll
  static void end() {
    spies.forEach(Overhearing::close);
    Stream.concat(east.stream(), west.stream()).forEach(TestNode::close);
  }

  private static TestNode start(
      RingConfig.Certificates certificates, String name, String region, int port, int seed)
      throws IOException {
    List<String> settings = RingSettings.of(certificates, name, region, port, "localhost:" + seed);
    settings.add("client.publicUrl=ws://" + name + ".test/v1/ws");
    settings.add("shutdown.drainMs=0");
    settings.add("store.directory=" + folder.resolve(name));
    return TestNode.start(settings.toArray(String[]::new));
  }

  private static NativeClient client(TestNode node, Token token) throws IOException {
    NativeClient client = NativeClient.connect(node);
    client.hello(token.text());
    return client;
  }

  private static Token pinned(String user) {
    return Token.of(user).keptIn("east");
  }

  /** Fills rooms at both nodes of the east with texts that have a word in them. */
  private static List<String> talk(String word, Token ada, Token ben) throws IOException {
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      String room = "'room':'" + word + "-" + i + "'";
      try (NativeClient one = client(east.getFirst(), ada);
          NativeClient other = client(east.getLast(), ben)) {
        for (NativeClient client : List.of(one, other)) {
          String profile = "'profile':{'name':'" + word + "'}";
          Message joined = client.answer("'type':'join'," + room + "," + profile);
          assertEquals("joined", joined.text("type"), joined.json());
          sessions.add(client.session());
        }
        Message said = one.answer("'type':'chat'," + room + ",'data':'" + word + "'");
        assertEquals("done", said.text("type"), said.json());
        other.answer("'type':'profile'," + room + ",'profile':{'of':'" + word + "'}");
        other.answer("'type':'leave'," + room);
      }
    }
    return sessions;
  }

  @Test
  void roomThatIsPinnedIsNowhereElseOnTheWireOrOnDisk() throws Exception {
    List<String> hidden = talk("hush", pinned("hush-ada"), pinned("hush-ben"));
    List<String> open = talk("loud", Token.of("loud-ada"), Token.of("loud-ben"));
    Overhearing spy = spies.getFirst();
    await().until(() -> spy.heard(open.getFirst()) && spy.heard("loud-" + (ROOMS - 1)));
    await().until(() -> isKept("c", open.getFirst()) && isKept("c", "loud-" + (ROOMS - 1)));
    // Owners of two regions compare what they have every two seconds.
    int before = spy.comparisons();
    await().until(() -> spy.comparisons() >= before + 2 * ROOMS);
    assertTrue(isKept("a", "hush") && isKept("a", hidden.getFirst()));
    hidden.add("hush");
    for (String text : hidden) {
      assertFalse(spy.heard(text), () -> text + " was sent");
      assertFalse(isKept("c", text), () -> text + " is kept");
    }
  }

  private static boolean isKept(String node, String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(node))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void clientElsewhereIsSentToTheNodesOfTheRegion() throws IOException {
    try (NativeClient eve = client(west.getFirst(), pinned("eve"))) {
      eve.ask("'type':'join','room':'hush-0'");
      Message moved = eve.next("moved");
      assertEquals(List.of("ws://a.test/v1/ws", "ws://b.test/v1/ws"), moved.list("urls"));
    }
    try (NativeClient eve = client(west.getFirst(), Token.of("eve").keptIn("north", "south"))) {
      Message failed = eve.join("hush-0");
      assertEquals("UNREACHABLE", failed.text("code"));
      assertTrue(failed.text("message").contains("north, south"), failed.json());
    }
  }
}
