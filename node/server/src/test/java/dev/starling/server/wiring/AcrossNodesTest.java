package dev.starling.server.wiring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.edge.Message;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.host.SharedViews;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of three whole nodes, two regions, whose rooms are shown to each other. */
final class AcrossNodesTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir static Path folder = Path.of("");
  private static final List<TestNode> nodes = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates =
        Pki.write(folder, pki.issue(NAMES.toArray(String[]::new)), pki);
    SharedViews views = new SharedViews();
    int seed = TestNodes.freePort();
    for (String name : NAMES) {
      int port = nodes.isEmpty() ? seed : TestNodes.freePort();
      nodes.add(start(views, certificates, name, port, seed));
    }
    awaitStreams();
  }

  @AfterAll
  static void end() {
    nodes.forEach(TestNode::close);
  }

  private static TestNode start(
      SharedViews views, RingConfig.Certificates certificates, String name, int port, int seed)
      throws IOException {
    return TestNode.start(
        views,
        "node.name=" + name,
        "node.region=" + (name.equals("c") ? "east" : "west"),
        "session.requestTimeoutMs=2000",
        "cluster.enabled=true",
        "cluster.port=" + port,
        "cluster.streamPort=" + port,
        "cluster.seeds=localhost:" + seed,
        "cluster.keys=one=" + "k".repeat(32),
        "cluster.certificate=" + certificates.certificate(),
        "cluster.key=" + certificates.key(),
        "cluster.authority=" + certificates.authority());
  }

  /** Until then a signal is unreachable. */
  private static void awaitStreams() {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> reaches(0, 1) && reaches(0, 2) && reaches(1, 2));
  }

  private static boolean reaches(int from, int to) throws IOException {
    try (NativeClient ada = NativeClient.in(nodes.get(from), "reach", "ada");
        NativeClient ben = NativeClient.in(nodes.get(to), "reach", "ben")) {
      long id = ada.ask(signal("reach", ben, "1"));
      ben.next("signal");
      ben.confirm();
      return ada.answerTo(id).text("type").equals("done");
    }
  }

  private static String signal(String room, NativeClient to, String data) {
    return "'type':'signal','room':'" + room + "','to':'" + to.session() + "','data':" + data;
  }

  @Test
  void signalIsDoneWhenAClientOfAnotherNodeConfirmedIt() throws IOException {
    for (int other = 1; other < NAMES.size(); other++) {
      String room = "signal" + other;
      try (NativeClient ada = NativeClient.in(nodes.getFirst(), room, "ada");
          NativeClient ben = NativeClient.in(nodes.get(other), room, "ben")) {
        long id = ada.ask(signal(room, ben, "{ 'sdp' : [1.50, 2] }"));
        Message signal = ben.next("signal");
        assertEquals(ada.session(), signal.text("from"));
        assertTrue(signal.json().contains("\"data\":{ \"sdp\" : [1.50, 2] }"), signal.json());
        ada.say("{'type':'ping'}");
        ada.next("pong");
        ben.confirm();
        assertEquals("done", ada.answerTo(id).text("type"));
      }
    }
  }

  @Test
  void unconfirmedSignalIsIndeterminateAndDoneWhenSentAgain() throws IOException {
    try (NativeClient ada = NativeClient.in(nodes.getFirst(), "doubt", "ada");
        NativeClient ben = NativeClient.in(nodes.getLast(), "doubt", "ben")) {
      long id = ada.ask(signal("doubt", ben, "1"));
      assertEquals("INDETERMINATE", ada.answerTo(id).text("code"));
      ben.next("signal");
      ben.confirm();
      ada.say("{'id':" + id + "," + signal("doubt", ben, "1") + "}");
      assertEquals("done", ada.answerTo(id).text("type"));
      ben.say("{'type':'ping'}");
      ben.next("pong");
    }
  }

  @Test
  void broadcastReachesTheMembersOfAllNodesAndNamesWhoMissedIt() throws IOException {
    try (NativeClient ada = NativeClient.in(nodes.getFirst(), "all", "ada");
        NativeClient ben = NativeClient.in(nodes.get(1), "all", "ben");
        NativeClient mute = NativeClient.in(nodes.get(1), "all", "mute");
        NativeClient carl = NativeClient.in(nodes.getLast(), "all", "carl")) {
      ben.next("member");
      long id = ada.ask("'type':'broadcast','room':'all','data':{'x':[1, 2]}");
      for (NativeClient other : List.of(ben, carl)) {
        Message event = other.next("broadcast");
        assertEquals(ada.session(), event.text("from"));
        assertTrue(event.json().contains("\"data\":{\"x\":[1, 2]}"), event.json());
        other.confirm();
      }
      assertEquals(List.of(mute.session()), ada.answerTo(id).list("missed"));
    }
  }
}
