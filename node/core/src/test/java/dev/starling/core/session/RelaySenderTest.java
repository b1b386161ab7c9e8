package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.crdt.Content;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sender whose receivers never say anything. */
final class RelaySenderTest {
  private static final long LIMIT = 1_000;
  private static final Signaled EVENT = new Signaled("r", "a", Content.EMPTY_OBJECT);

  private final List<SessionOutput> outputs = new ArrayList<>();
  private final Emitter emitter = new Emitter(List.of());
  private final RelaySender sender = new RelaySender("a", LIMIT, new RequestLog(10, 10), emitter);

  RelaySenderTest() {
    emitter.begin(outputs::add);
    emitter.attach(1);
  }

  @Test
  void silenceIsIndeterminateInTime() {
    sender.signal(1, "b", EVENT, 0);
    runTo(LIMIT);
    Failed answer = (Failed) ((SessionOutput.Send) outputs.getLast()).message();
    assertEquals(Code.INDETERMINATE, answer.code());
    assertEquals(Long.MAX_VALUE, sender.nextDeadlineNanos());
  }

  @Test
  void withdrawalIsAskedForOnce() {
    sender.signal(1, "b", EVENT, 0);
    runTo(LIMIT);
    SessionOutput withdrawal = new SessionOutput.SendRelay("b", new Relay.Withdraw("a", 1));
    assertEquals(1, outputs.stream().filter(withdrawal::equals).count());
  }

  @Test
  void silentReceiversOfABroadcastAreMissed() {
    sender.broadcast(1, List.of("b", "c"), EVENT, 0);
    runTo(LIMIT);
    Done answer = (Done) ((SessionOutput.Send) outputs.getLast()).message();
    assertEquals(List.of("b", "c"), answer.missed());
  }

  @Test
  void answersComeInTheOrderOfTheRequests() {
    for (int id = 1; id <= 3; id++) {
      sender.signal(id, "b", EVENT, 0);
    }
    runTo(LIMIT);
    List<Long> answered =
        outputs.stream()
            .filter(SessionOutput.Send.class::isInstance)
            .map(output -> ((Failed) ((SessionOutput.Send) output).message()).id())
            .toList();
    assertEquals(List.of(1L, 2L, 3L), answered);
  }

  @Test
  void recallOfAnOlderSignalDelaysNothing() {
    sender.signal(5, "b", EVENT, 0);
    long deadline = sender.nextDeadlineNanos();
    sender.recall(3, "b", deadline - 1);
    assertEquals(deadline, sender.nextDeadlineNanos());
  }

  @Test
  void secondAnswerOfAReceiverChangesNothing() {
    sender.broadcast(1, List.of("b", "c"), EVENT, 0);
    sender.outcome(new Relay.Outcome("b", 1, Relay.Fate.REFUSED));
    sender.outcome(new Relay.Outcome("b", 1, Relay.Fate.CONFIRMED));
    sender.outcome(new Relay.Outcome("stranger", 1, Relay.Fate.CONFIRMED));
    assertEquals(1, outputs.stream().filter(SessionOutput.SendRelays.class::isInstance).count());
    sender.outcome(new Relay.Outcome("c", 1, Relay.Fate.CONFIRMED));
    Done answer = (Done) ((SessionOutput.Send) outputs.getLast()).message();
    assertEquals(List.of("b"), answer.missed());
  }

  private void runTo(long nanos) {
    while (sender.nextDeadlineNanos() <= nanos) {
      long before = sender.nextDeadlineNanos();
      sender.expire(before);
      assertTrue(sender.nextDeadlineNanos() > before);
    }
  }
}
