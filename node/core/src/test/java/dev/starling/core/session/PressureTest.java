package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.MuteRequested;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomView;
import dev.starling.core.session.Relay.Fate;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a session does where its node can take no more, or has to get rid of it. */
final class PressureTest {
  private static final String ROOM = "r";
  private static final long SECOND = 1_000_000_000;
  private static final SessionInput.Received JOIN =
      new SessionInput.Received(new ClientMessage.Join(1, ROOM, Content.EMPTY_OBJECT, null), 10);

  private final List<SessionOutput> outputs = new ArrayList<>();
  private final SessionCore session =
      new SessionCore(
          new SessionIdentity("s", new ReplicaId("n", 1), "g", List.of(), 1),
          new SessionConfig(
              SECOND,
              100 * SECOND,
              5 * SECOND,
              SECOND,
              9 * SECOND,
              4,
              4,
              4,
              40_960,
              4,
              new SessionConfig.Rates(100, 100, 10_000),
              new ClientLimits(1000, 4, 4, 100, 100)),
          new Grant("u", RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE),
          room -> RoomView.of(room, List.of("s", "t")),
          new Secrets("s", new Random(1)),
          0);

  PressureTest() {
    step(new SessionInput.Opened(1, List.of(), null));
  }

  @Test
  void requestThatCannotBeTakenNowIsRefusedForGood() {
    step(new SessionInput.Received(JOIN.message(), 10, Code.BUSY));
    assertEquals(Code.BUSY, refusal());
    step(JOIN);
    assertEquals(Code.BUSY, refusal());
  }

  @Test
  void tooFastUserIsToldSo() {
    step(new SessionInput.Received(JOIN.message(), 10, Code.RATE_LIMITED));
    assertEquals(Code.RATE_LIMITED, refusal());
  }

  @Test
  void signalThatMayHaveArrivedKeepsItsId() {
    join();
    ClientMessage signal = new ClientMessage.Signal(2, ROOM, "t", Content.EMPTY_OBJECT);
    step(new SessionInput.Received(signal, 10));
    step(new SessionInput.Relayed(new Relay.Outcome("t", 2, Fate.WRITTEN)));
    step(new SessionInput.Received(signal, 10, Code.BUSY));
    assertEquals(Code.INDETERMINATE, refusal());
  }

  @Test
  void shedSessionIsClosedEndsAndTellsItsSenders() {
    join();
    step(new SessionInput.Relayed(new Relay.Deliver("t", 7, signal(1))));
    outputs.clear();
    step(new SessionInput.Shed());
    assertTrue(
        outputs.stream()
            .anyMatch(output ->
                output instanceof SessionOutput.CloseLink close
                    && close.code() == Code.SLOW_CONSUMER));
    assertTrue(
        outputs.contains(
            new SessionOutput.SendRelay("t", new Relay.Outcome("s", 7, Fate.WRITTEN))));
    assertTrue(
        outputs.stream()
            .anyMatch(output ->
                output instanceof SessionOutput.AskRoom ask
                    && ask.request() instanceof RoomRequest.Part));
    assertEquals(new SessionOutput.Ended(), outputs.getLast());
  }

  /** What was taken once is answered as before: its sender must not send it under a new id. */
  @Test
  void crowdedNodeGivesNothingMoreToAClientForWhomMuchWaits() {
    join();
    step(new SessionInput.Relayed(new Relay.Deliver("t", 7, signal(17_000)), true));
    step(new SessionInput.Relayed(new Relay.Deliver("t", 8, signal(1)), true));
    assertEquals(relay("t", 8, Fate.REFUSED), outputs.getLast());
    outputs.clear();
    step(new SessionInput.Relayed(new Relay.Deliver("t", 7, signal(17_000)), true));
    assertEquals(List.of(), outputs);
    step(new SessionInput.Received(new ClientMessage.Confirm("1"), 10));
    assertEquals(relay("t", 7, Fate.CONFIRMED), outputs.getLast());
    step(new SessionInput.Relayed(new Relay.Deliver("t", 9, signal(1)), true));
    assertTrue(sent().getLast() instanceof Signaled);
  }

  private static SessionOutput relay(String to, long id, Fate fate) {
    return new SessionOutput.SendRelay(to, new Relay.Outcome("s", id, fate));
  }

  @Test
  void weightFollowsWhatWaitsForTheClient() {
    join();
    long before = session.heldBytes();
    step(new SessionInput.Relayed(new Relay.Deliver("t", 7, signal(1000))));
    step(new SessionInput.Happened(new MuteRequested(ROOM, "t")));
    assertTrue(session.heldBytes() >= before + 1000);
    step(new SessionInput.Received(new ClientMessage.Confirm("2"), 10));
    // The sender's last id stays known.
    assertTrue(session.heldBytes() < before + 1000);
  }

  /** A small window on a large frame holds on to the frame. */
  @Test
  void weightOfASignalIsThatOfItsFrame() {
    Content window = Content.json(Bytes.wrap(new byte[1000], 10, 2));
    assertTrue(new Signaled(ROOM, "t", window).weight() >= 1000);
  }

  @Test
  void weightOfRequestsIsGivenBackButForWhatIsRemembered() {
    join();
    long idle = session.heldBytes();
    step(new SessionInput.Received(new ClientMessage.Broadcast(2, ROOM, Content.EMPTY_OBJECT), 10));
    long underWay = session.heldBytes();
    assertTrue(underWay > idle);
    step(new SessionInput.Relayed(new Relay.Outcome("t", 2, Fate.ABSENT)));
    assertEquals(new Done(2, 0, List.of("t")), sent().getLast());
    assertTrue(session.heldBytes() < underWay);
    assertTrue(session.heldBytes() > idle);
  }

  private void join() {
    step(JOIN);
    Stamp stamp = new Stamp(HybridTime.ZERO, new ReplicaId("n", 1));
    Register<Content> profile = new Register<>(stamp, Content.EMPTY_OBJECT);
    Member self =
        new Member("s", 1, new ReplicaId("n", 1), "g", "u", Role.MEMBER, HybridTime.ZERO, profile);
    RoomSettings settings =
        new RoomSettings(5, false, false, false, List.of(), Content.EMPTY_OBJECT);
    step(
        new SessionInput.Answered(
            ROOM, 1, new Joined(1L, ROOM, self, List.of(), settings, List.of(), 1)));
  }

  private static Signaled signal(int bytes) {
    return new Signaled(ROOM, "t", Content.json(Bytes.wrap(new byte[bytes])));
  }

  private Code refusal() {
    return ((Failed) sent().getLast()).code();
  }

  private List<Object> sent() {
    List<Object> messages = new ArrayList<>();
    for (SessionOutput output : outputs) {
      if (output instanceof SessionOutput.Send send) {
        messages.add(send.message());
      }
    }
    return messages;
  }

  private void step(SessionInput input) {
    session.step(input, 0, outputs::add);
  }
}
