package dev.starling.server.host;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.crdt.Bytes;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.server.ring.CarrierNode;
import dev.starling.server.ring.CuttableProxy;
import dev.starling.server.ring.Pki;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Signals and broadcasts between two nodes whose connection runs over a proxy. */
final class RouteTest {
  private static final int PATIENT_MILLIS = 60_000;
  private static final int HASTY_MILLIS = 1_000;
  private static final long ROUTE_BYTES = 1 << 20;

  private final SharedViews views = new SharedViews();
  private final PairedNode a;
  private final PairedNode b;
  private final CuttableProxy proxy;
  private final PairedClient ada;
  private final PairedClient ben;

  RouteTest(TestInfo test) throws Exception {
    boolean hasty = test.getTags().contains("hasty");
    int requestMillis = hasty ? HASTY_MILLIS : PATIENT_MILLIS;
    Pki pki = Pki.named("authority");
    a = new PairedNode("a", pki, ROUTE_BYTES, requestMillis, views);
    b = new PairedNode("b", pki, ROUTE_BYTES, requestMillis, views);
    proxy = new CuttableProxy(b.carrier().port());
    ada = a.client();
    ben = b.client();
  }

  @AfterEach
  void end() throws IOException {
    proxy.close();
    a.close();
    b.close();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(1));
  }

  private void introduce() {
    Fact first = CarrierNode.alive(a.carrier().id(), a.carrier().port());
    b.carrier().sees(first, CarrierNode.alive(b.carrier().id(), b.carrier().port()));
    a.carrier().sees(first, CarrierNode.alive(b.carrier().id(), proxy.port()));
    awaitMembers(2);
  }

  private void awaitMembers(int count) {
    patiently().until(() -> a.host().views().of(PairedClient.ROOM).sessions().size() == count);
  }

  @Test
  void signalsGoToAndFroInOrder() {
    introduce();
    for (int i = 0; i < 100; i++) {
      ada.signal(ben.session(), 10);
      ben.signal(ada.session(), 10);
    }
    patiently().until(() -> ada.done().size() == 100 && ben.done().size() == 100);
    assertEquals(LongStream.rangeClosed(2, 101).boxed().toList(), ben.taken(ada));
    assertEquals(LongStream.rangeClosed(2, 101).boxed().toList(), ada.taken(ben));
    assertEquals(List.of(), ada.faults());
  }

  @Test
  void noneIsLostOrDoubledThoughTheConnectionIsCutAtAnyMoment() throws InterruptedException {
    introduce();
    PairedClient carl = b.client();
    awaitMembers(3);
    Random random = new Random(7);
    int sent = 0;
    for (int cut = 0; cut < 30; cut++) {
      int burst = random.nextInt(1, 60);
      for (int i = 0; i < burst; i++) {
        ada.signal(ben.session(), random.nextInt(3_000));
        ben.signal(ada.session(), random.nextInt(3_000));
        carl.broadcast();
      }
      sent += burst;
      int all = sent;
      // Somewhere in the burst, or between two of them.
      int reached = random.nextInt(all + 1);
      patiently()
          .until(() ->
              ben.taken(ada).size() + ada.refused().size() >= Math.min(reached, all - burst / 2));
      proxy.cut();
    }
    int all = sent;
    patiently().until(() -> ada.open() + ben.open() + carl.open() == 0);
    checkSignals(ada, ben, all);
    checkSignals(ben, ada, all);
    assertEquals(all, carl.done().size());
    carl.done().forEach((id, missed) -> assertEquals(List.of(), missed));
    assertEquals(all, ada.taken(carl).size());
    assertEquals(all, ben.taken(carl).size());
    assertEquals(List.of(), carl.faults());
  }

  private static void checkSignals(PairedClient from, PairedClient to, int sent) {
    assertEquals(List.of(), to.faults());
    assertEquals(sent, from.done().size() + from.refused().size());
    for (long id : from.done().keySet()) {
      assertTrue(to.taken(from).contains(id), () -> id + " was lost");
    }
    for (long id : from.refused().keySet()) {
      assertFalse(to.taken(from).contains(id), () -> id + " was refused, and taken");
    }
    assertTrue(from.done().size() >= sent / 2, () -> "refused: " + from.refused());
  }

  @Test
  void receiverWhoIsGoneIsAnsweredAtOnce() {
    introduce();
    String gone = ben.session();
    ben.confirms = false;
    ada.signal("nobody", 0);
    patiently().until(() -> ada.refused().size() == 1);
    b.host().drain();
    patiently().until(() -> b.host().views().of(PairedClient.ROOM).sessions().size() < 2);
    ada.signal(gone, 0);
    patiently().until(() -> ada.refused().size() == 2);
    assertEquals(List.of(Code.NO_SUCH_MEMBER, Code.NO_SUCH_MEMBER), codes(ada));
  }

  private static List<Code> codes(PairedClient client) {
    return List.copyOf(client.refused().values());
  }

  @Test
  @Tag("hasty")
  void signalToANodeWithoutAStreamIsUnreachableInTime() {
    awaitMembers(2);
    ada.signal(ben.session(), 0);
    patiently().until(() -> ada.refused().size() == 1);
    assertEquals(List.of(Code.UNREACHABLE), codes(ada));
    introduce();
    ada.signal(ben.session(), 0);
    patiently().until(() -> ada.done().size() == 1);
    assertEquals(List.of(3L), ben.taken(ada));
  }

  @Test
  void signalsToANodeThatDiedAreAnsweredWhenTheRingSaysSo() {
    introduce();
    ben.confirms = false;
    ada.signal(ben.session(), 0);
    patiently().until(() -> ben.taken(ada).size() == 1);
    Fact self = CarrierNode.alive(a.carrier().id(), a.carrier().port());
    a.carrier().sees(self, new Fact(b.carrier().id(), 1, Status.DEAD, null, null, false));
    patiently().until(() -> ada.doubts > 1);
    ada.signal(ben.session(), 0);
    patiently().until(() -> ada.refused().size() == 1);
    assertEquals(List.of(Code.UNREACHABLE), codes(ada));
    assertEquals(1, ada.open());
  }

  /** The receiver's node takes everything in, and its client confirms nothing. */
  @Test
  @Tag("hasty")
  void moreThanARouteKeepsIsRefusedAndTheRestIsDone() {
    introduce();
    ben.confirms = false;
    for (int i = 0; i < 100; i++) {
      ada.signal(ben.session(), 50_000);
    }
    patiently().until(() -> ada.refused().size() > 70);
    assertTrue(codes(ada).stream().allMatch(Code.BUSY::equals));
    ben.confirms = true;
    ada.broadcast();
    patiently().until(() -> ada.open() == 0);
    assertEquals(101, ada.done().size() + ada.refused().size());
    for (long id : ada.done().keySet()) {
      assertTrue(ben.taken(ada).contains(id));
    }
    assertEquals(List.of(), ben.faults());
  }

  @Test
  void framesThatAreNoneAreCountedAndDisturbNobody() {
    introduce();
    patiently().until(() -> ada.session().length() > 0);
    ada.signal(ben.session(), 0);
    patiently().until(() -> ada.done().size() == 1);
    PeerLink nowhere = new NoLink(b.carrier().id(), a.carrier().loops().next());
    PeerFrame garbage = new PeerFrame(FrameClass.RELAY, Bytes.utf8("garbage"));
    a.host().routes().received(nowhere, List.of(garbage), () -> {});
    patiently().until(() -> a.host().routes().malformed() == 1);
    ada.signal(ben.session(), 0);
    patiently().until(() -> ada.done().size() == 2);
  }

  @Test
  void faultInTakingFramesHasEverythingSaidAgainOverANewStream() {
    introduce();
    PeerLink nowhere = new NoLink(b.carrier().id(), a.carrier().loops().next());
    PeerFrame garbage = new PeerFrame(FrameClass.RELAY, Bytes.utf8("garbage"));
    AtomicInteger taken = new AtomicInteger();
    a.host().routes().received(nowhere, new Faulty<>(garbage), taken::incrementAndGet);
    patiently().until(() -> taken.get() == 1 && a.host().routes().resets() == 1);
    ada.signal(ben.session(), 0);
    patiently().until(() -> ada.done().size() == 1);
    assertEquals(1, ben.taken(ada).size());
  }

  private record NoLink(NodeId peer, EventExecutor loop) implements PeerLink {
    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public boolean offer(PeerFrame frame) {
      return false;
    }

    @Override
    public void reset(String why) {}
  }
}
