package dev.starling.server.wiring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.edge.Message;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.edge.Token;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of three whole nodes of two regions, in the same rooms. */
final class AcrossNodesTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir static Path folder = Path.of("");
  private static final AtomicInteger tries = new AtomicInteger();
  private static final List<TestNode> nodes = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Pki pki = Pki.named("authority");
    RingConfig.Certificates certificates =
        Pki.write(folder, pki.issue(NAMES.toArray(String[]::new)), pki);
    int seed = TestNodes.freePort();
    for (String name : NAMES) {
      int port = nodes.isEmpty() ? seed : TestNodes.freePort();
      nodes.add(start(certificates, name, port, seed));
    }
    awaitStreams();
  }

  @AfterAll
  static void end() {
    nodes.forEach(TestNode::close);
  }

  private static TestNode start(
      RingConfig.Certificates certificates, String name, int port, int seed) throws IOException {
    return TestNode.start(
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
    String room = "reach" + tries.incrementAndGet();
    try (NativeClient ada = NativeClient.in(nodes.get(from), room, "ada");
        NativeClient ben = NativeClient.in(nodes.get(to), room, "ben")) {
      ada.next("member");
      long id = ada.ask(signal(room, ben, "1"));
      until(ben, "signal");
      ben.confirm();
      return ada.answerTo(id).text("type").equals("done");
    }
  }

  /** The next message of a type; what comes before it is news of members. */
  private static Message until(NativeClient client, String type) throws IOException {
    Message message = client.next();
    while (message.text("type").equals("member") && !type.equals("member")) {
      message = client.next();
    }
    assertEquals(type, message.text("type"), message.json());
    return message;
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
        ada.next("member");
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
      for (int newcomers = 0; newcomers < 3; newcomers++) {
        ada.next("member");
      }
      long id = ada.ask("'type':'broadcast','room':'all','data':{'x':[1, 2]}");
      for (NativeClient other : List.of(ben, carl)) {
        Message event = until(other, "broadcast");
        assertEquals(ada.session(), event.text("from"));
        assertTrue(event.json().contains("\"data\":{\"x\":[1, 2]}"), event.json());
        other.confirm();
      }
      assertEquals(List.of(mute.session()), ada.answerTo(id).list("missed"));
    }
  }

  @Test
  void roomIsOneForTheClientsOfAllNodes() throws IOException {
    try (NativeClient ada = NativeClient.of(nodes.getFirst(), "ada");
        NativeClient ben = NativeClient.of(nodes.get(1), "ben");
        NativeClient carl = NativeClient.of(nodes.getLast(), "carl")) {
      assertEquals(2, ada.join("one").number("copies"));
      ben.join("one");
      assertTrue(ada.next("member").json().contains(ben.session()));
      Message joined = carl.join("one");
      for (NativeClient other : List.of(ada, ben)) {
        assertTrue(other.next("member").json().contains(carl.session()));
        assertTrue(joined.json().contains(other.session()), joined.json());
      }
      ben.answer("'type':'profile','room':'one','profile':{'name':'Ben'}");
      for (NativeClient other : List.of(ada, carl)) {
        Message updated = other.next("member");
        assertEquals("updated", updated.text("event"));
        assertTrue(updated.json().contains("{\"name\":\"Ben\"}"), updated.json());
      }
      assertEquals("done", carl.answer("'type':'leave','room':'one'").text("type"));
      for (NativeClient other : List.of(ada, ben)) {
        Message left = other.next("member");
        assertEquals("left", left.text("event"));
        assertEquals("leave", left.text("reason"));
      }
    }
  }

  @Test
  void chatHasOneOrderForTheClientsOfAllNodes() throws IOException {
    try (NativeClient ada = NativeClient.in(nodes.getFirst(), "talk", "ada");
        NativeClient ben = NativeClient.in(nodes.get(1), "talk", "ben");
        NativeClient carl = NativeClient.in(nodes.getLast(), "talk", "carl")) {
      List<NativeClient> all = List.of(ada, ben, carl);
      List<Long> asked = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        asked.add(all.get(i % 3).ask("'type':'chat','room':'talk','data':" + i));
      }
      for (int i = 0; i < 30; i++) {
        Message said = all.get(i % 3).answerTo(asked.get(i));
        assertEquals(2, said.number("copies"), said.json());
      }
      await().until(() -> history(ada).size() == 30);
      List<String> order = history(ada);
      await().until(() -> history(ben).equals(order) && history(carl).equals(order));
    }
  }

  @Test
  void moderatorAdmitsWhoeverKnocksAtAnotherNode() throws IOException {
    try (NativeClient host = NativeClient.connect(nodes.getFirst());
        NativeClient ben = NativeClient.of(nodes.get(1), "ben");
        NativeClient carl = NativeClient.of(nodes.getLast(), "carl")) {
      host.hello(Token.of("host").withRole("moderator").text());
      host.join("club");
      host.answer("'type':'settings','room':'club','settings':{'lobby':true}");
      // The lobby is off for whoever asks an owner that hasn't heard of it yet.
      await().until(() -> knows(nodes.get(1)) && knows(nodes.getLast()));
      for (NativeClient guest : List.of(ben, carl)) {
        assertEquals("waiting", guest.join("club").text("type"));
        awaitKnock(host, guest);
        Message done = host.answer(judge("admit", guest));
        assertEquals("done", done.text("type"), done.json());
        assertEquals("joined", guest.next().text("type"));
      }
    }
  }

  private static void awaitKnock(NativeClient host, NativeClient guest) throws IOException {
    Message told = host.next();
    while (!told.text("type").equals("knock") || !told.text("member").equals(guest.session())) {
      told = host.next();
    }
  }

  private static boolean knows(TestNode node) throws IOException {
    try (NativeClient dora = NativeClient.of(node, "dora")) {
      return dora.join("club").text("type").equals("waiting");
    }
  }

  private static String judge(String action, NativeClient member) {
    return "'type':'moderate','room':'club','action':'"
        + action
        + "','member':'"
        + member.session()
        + "'";
  }

  private static List<String> history(NativeClient client) throws IOException {
    Message page = client.answer("'type':'history','room':'talk','limit':50");
    return Pattern.compile("\"message\":\"([^\"]+)\"")
        .matcher(page.json())
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
