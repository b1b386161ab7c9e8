package dev.starling.server.ring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.Bytes;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.server.host.FrameClass;
import dev.starling.server.host.PeerFrame;
import dev.starling.server.host.PeerLink;
import dev.starling.server.ring.carrier.CarrierConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams between nodes, over real sockets. */
final class CarrierTest {
  private static final CarrierConfig CONFIG = new CarrierConfig(256 * 1024, 256 * 1024, 64 * 1024);

  private final Pki pki = Pki.named("authority");
  private final List<CarrierNode> open = new ArrayList<>();

  CarrierTest() throws Exception {}

  @AfterEach
  void end() {
    open.forEach(CarrierNode::close);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(1));
  }

  private CarrierNode node(String name) throws Exception {
    return node(new NodeId(name, 1), Pki.credentials(pki.issue(name), pki));
  }

  private CarrierNode node(NodeId id, Credentials credentials) throws Exception {
    CarrierNode node = new CarrierNode(id, credentials).serving(CONFIG);
    open.add(node);
    return node;
  }

  private static Fact alive(CarrierNode node) {
    return CarrierNode.alive(node.id(), node.port());
  }

  private static void introduce(CarrierNode one, CarrierNode other) {
    one.sees(alive(one), alive(other));
    other.sees(alive(one), alive(other));
    patiently().until(() -> one.link != null && other.link != null);
  }

  @Test
  void framesOfAClassComeInOrderBothWays() throws Exception {
    CarrierNode a = node("a");
    CarrierNode b = node("b");
    introduce(a, b);
    List<String> texts = IntStream.range(0, 1_000).mapToObj(i -> "frame " + i).toList();
    for (String text : texts) {
      assertTrue(a.offer(FrameClass.RELAY, text));
      assertTrue(a.offer(FrameClass.INQUIRY, text));
      assertTrue(b.offer(FrameClass.REPLICATION, text));
    }
    patiently().until(() -> b.received.size() == 2_000 && a.received.size() == 1_000);
    assertEquals(texts, b.texts(FrameClass.RELAY));
    assertEquals(texts, b.texts(FrameClass.INQUIRY));
    assertEquals(texts, a.texts(FrameClass.REPLICATION));
    assertEquals(1_000, b.carrier().counts().totals(FrameClass.RELAY).receivedFrames());
    assertEquals(0, a.carrier().counts().totals(FrameClass.RELAY).queuedBytes());
  }

  @Test
  void streamThatIsCutIsOpenedAgain() throws Exception {
    CarrierNode a = node("a");
    CarrierNode b = node("b");
    try (CuttableProxy proxy = new CuttableProxy(b.port())) {
      b.sees(alive(a), alive(b));
      a.sees(alive(a), CarrierNode.alive(b.id(), proxy.port()));
      for (int cut = 0; cut < 5; cut++) {
        patiently().until(() -> a.link != null && b.link != null);
        PeerLink former = Objects.requireNonNull(a.link);
        proxy.cut();
        patiently().until(() -> a.link != null && !former.equals(a.link));
        assertFalse(former.offer(new PeerFrame(FrameClass.RELAY, Bytes.utf8("late"))));
      }
      patiently().until(() -> a.offer(FrameClass.RELAY, "after"));
      patiently().until(() -> b.texts(FrameClass.RELAY).contains("after"));
      assertFalse(b.texts(FrameClass.RELAY).contains("late"));
      List<String> alternating = b.events;
      for (int i = 0; i < alternating.size(); i++) {
        assertEquals(i % 2 == 0 ? "up a 1" : "down a", alternating.get(i));
      }
    }
  }

  @Test
  void slowReaderMakesItsSenderRefuseAndNothingGrows() throws Exception {
    CarrierNode a = node("a");
    CarrierNode b = node("b");
    introduce(a, b);
    b.takes = false;
    String text = "x".repeat(16 * 1024);
    patiently().until(() -> !a.offer(FrameClass.RELAY, text));
    // What is in the windows of HTTP/2 goes on for a moment.
    patiently()
        .until(() -> {
          while (a.offer(FrameClass.RELAY, text)) {
            // Fills what has become free.
          }
          return b.untaken.size() >= 4;
        });
    assertTrue(a.carrier().counts().totals(FrameClass.RELAY).refusedFrames() > 0);
    assertTrue(a.carrier().counts().totals(FrameClass.RELAY).queuedBytes() <= CONFIG.relayBytes());
    assertTrue(a.offer(FrameClass.INQUIRY, "another class has a queue of its own"));
    int sent = b.received.size();
    b.takes = true;
    b.untaken.forEach(Runnable::run);
    patiently().until(() -> a.events.contains("room again"));
    assertTrue(a.offer(FrameClass.RELAY, "the end"));
    patiently().until(() -> b.texts(FrameClass.RELAY).contains("the end"));
    assertTrue(b.received.size() > sent);
    patiently().until(() -> b.texts(FrameClass.INQUIRY).size() == 1);
  }

  @Test
  void frameAboveTheLargestIsRefused() throws Exception {
    CarrierNode a = node("a");
    CarrierNode b = node("b");
    introduce(a, b);
    Bytes large = Bytes.wrap(new byte[CarrierConfig.MOST_FRAME]);
    PeerLink link = Objects.requireNonNull(a.link);
    assertFalse(link.offer(new PeerFrame(FrameClass.REPLICATION, Bytes.utf8("1"), large)));
    assertTrue(link.offer(new PeerFrame(FrameClass.REPLICATION, large)));
    patiently().until(() -> b.received.size() == 1);
    assertEquals(large, b.received.element().head());
  }

  @Test
  void callerIsRefusedUnderANameThatItsCertificateIsNotFor() throws Exception {
    CarrierNode a = node(new NodeId("a", 1), Pki.credentials(pki.issue("other"), pki));
    CarrierNode b = node("b");
    CarrierNode c = node("c");
    a.sees(alive(a), alive(b));
    c.sees(alive(b), alive(c));
    b.sees(alive(a), alive(b), alive(c));
    patiently().until(() -> c.link != null);
    assertEquals(List.of("up c 1"), b.events);
    assertEquals(List.of(), a.events);
  }

  @Test
  void nothingIsSentToAServerWhoseCertificateIsForAnotherNode() throws Exception {
    CarrierNode a = node("a");
    CarrierNode b = node(new NodeId("b", 1), Pki.credentials(pki.issue("other"), pki));
    CarrierNode c = node("c");
    a.sees(alive(a), alive(b), alive(c));
    b.sees(alive(a), alive(b));
    c.sees(alive(a), alive(c));
    patiently().until(() -> c.link != null && a.link != null);
    assertEquals(List.of("up c 1"), a.events);
  }

  @Test
  void nodeOfAnotherAuthorityGetsNoStream() throws Exception {
    Pki another = Pki.named("another authority");
    CarrierNode a = node(new NodeId("a", 1), Pki.credentials(another.issue("a"), another));
    CarrierNode b = node("b");
    CarrierNode c = node("c");
    a.sees(alive(a), alive(b));
    b.sees(alive(a), alive(b), alive(c));
    c.sees(alive(b), alive(c));
    patiently().until(() -> c.link != null);
    assertEquals(List.of("up c 1"), b.events);
  }

  @Test
  void streamEndsWhenTheRingSaysThatThePeerIsGoneAndDoesNotComeBack() throws Exception {
    CarrierNode a = node("a");
    CarrierNode b = node("b");
    introduce(a, b);
    Fact dead = new Fact(a.id(), 1, Status.DEAD, null, null, false);
    b.sees(alive(b), dead);
    patiently().until(() -> b.events.equals(List.of("up a 1", "down a", "gone a")));
    CarrierNode next = node(new NodeId("a", 2), Pki.credentials(pki.issue("a"), pki));
    introduce(next, b);
    assertEquals(List.of("up a 1", "down a", "gone a", "up a 2"), b.events);
  }

  @Test
  void nodeThatWasDeclaredDeadAndLivesAfterAllGetsAStreamAgain() throws Exception {
    CarrierNode a = node("a");
    CarrierNode b = node("b");
    introduce(a, b);
    a.sees(alive(a), new Fact(b.id(), 1, Status.DEAD, null, null, false));
    b.sees(alive(b), new Fact(a.id(), 1, Status.DEAD, null, null, false));
    patiently().until(() -> a.events.contains("gone b") && b.events.contains("gone a"));
    introduce(a, b);
    assertTrue(b.offer(FrameClass.RELAY, "again"));
    patiently().until(() -> a.texts(FrameClass.RELAY).equals(List.of("again")));
  }

  @Test
  void formerLifeGivesWayToALaterOne() throws Exception {
    CarrierNode a = node("a");
    CarrierNode b = node("b");
    introduce(a, b);
    CarrierNode next = node(new NodeId("a", 2), Pki.credentials(pki.issue("a"), pki));
    next.sees(alive(next), alive(b));
    patiently().until(() -> b.events.equals(List.of("up a 1", "down a", "up a 2")));
    b.sees(alive(next), alive(b));
    patiently().until(() -> b.events.contains("gone a"));
    assertTrue(b.offer(FrameClass.RELAY, "to the second life"));
    patiently().until(() -> next.texts(FrameClass.RELAY).size() == 1);
    assertEquals(List.of(), a.texts(FrameClass.RELAY));
  }
}
