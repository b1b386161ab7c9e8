package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Signaled;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignalTest {
  private static final String ROOM = "r";

  private final World world = new World();
  private final Client ann = world.member("ann", ROOM);
  private final Client bob = world.member("bob", ROOM);

  @Test
  void signalIsDoneOnlyOnceItWasConfirmed() {
    bob.stopConfirming();
    long id = ann.signal(ROOM, bob, "hi");
    world.settle();
    assertEquals(List.of("hi"), bob.signals());
    assertEquals(List.of(), ann.answers(id));
    bob.goOnConfirming();
    world.settle();
    assertEquals(new Done(id, 0, null), ann.answer(id));
  }

  @Test
  void signalNamesItsSenderAndRoom() {
    ann.signal(ROOM, bob, "hi");
    world.settle();
    Signaled signal = bob.received(Signaled.class).getFirst();
    assertEquals(ann.session(), signal.from());
    assertEquals(ROOM, signal.room());
  }

  @Test
  void signalsOfAPairKeepTheirOrder() {
    for (int number = 1; number <= 9; number++) {
      ann.signal(ROOM, bob, "" + number);
    }
    world.settle();
    assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9"), bob.signals());
  }

  @Test
  void oneConfirmationCoversEverythingBeforeIt() {
    bob.stopConfirming();
    long first = ann.signal(ROOM, bob, "1");
    long second = ann.signal(ROOM, bob, "2");
    world.settle();
    bob.say(new ClientMessage.Confirm(bob.offset()));
    world.settle();
    assertEquals(new Done(first, 0, null), ann.answer(first));
    assertEquals(new Done(second, 0, null), ann.answer(second));
  }

  @Test
  void signalToAStrangerIsRefused() {
    Client eve = world.client("eve");
    long id = ann.signal(ROOM, eve, "hi");
    world.settle();
    assertEquals(Code.NO_SUCH_MEMBER, ann.refusal(id));
  }

  @Test
  void signalToOneselfIsRefused() {
    long id = ann.signal(ROOM, ann, "hi");
    world.settle();
    assertEquals(Code.NO_SUCH_MEMBER, ann.refusal(id));
  }

  @Test
  void signalFromOutsideTheRoomIsRefused() {
    Client eve = world.client("eve");
    long id = eve.signal(ROOM, bob, "hi");
    world.settle();
    assertEquals(Code.NOT_IN_ROOM, eve.refusal(id));
    assertEquals(List.of(), bob.signals());
  }

  @Test
  void signalNeverWrittenIsWithdrawnAndUnreachable() {
    bob.line().stall();
    world.settle();
    long id = ann.signal(ROOM, bob, "hi");
    world.pass(Bounds.REQUEST);
    assertEquals(Code.UNREACHABLE, ann.refusal(id));
    bob.line().flow();
    world.settle();
    assertEquals(List.of(), bob.signals());
  }

  @Test
  void signalToAMemberInItsGracePeriodWaitsForTheResume() {
    bob.line().cut();
    long id = ann.signal(ROOM, bob, "hi");
    world.pass(Timeline.SECONDS);
    bob.connect();
    world.settle();
    assertEquals(new Done(id, 0, null), ann.answer(id));
    assertEquals(List.of("hi"), bob.signals());
  }

  @Test
  void signalWrittenButNotConfirmedIsIndeterminate() {
    bob.stopConfirming();
    long id = ann.signal(ROOM, bob, "hi");
    world.pass(Bounds.REQUEST);
    assertEquals(Code.INDETERMINATE, ann.refusal(id));
  }

  @Test
  void laterSignalsOfThePairAreIndeterminateToo() {
    bob.stopConfirming();
    ann.signal(ROOM, bob, "1");
    world.pass(Timeline.SECONDS);
    long later = ann.signal(ROOM, bob, "2");
    world.pass(Bounds.REQUEST);
    assertEquals(Code.INDETERMINATE, ann.refusal(later));
  }

  @Test
  void indeterminateSignalIsDoneWhenItIsRepeatedAfterTheConfirmation() {
    bob.stopConfirming();
    long id = ann.signal(ROOM, bob, "hi");
    world.pass(Bounds.REQUEST);
    bob.goOnConfirming();
    ann.ask(new ClientMessage.Signal(id, ROOM, bob.session(), Client.text("hi")));
    world.settle();
    assertEquals(new Done(id, 0, null), ann.answers(id).getLast());
    assertEquals(List.of("hi"), bob.signals());
  }

  @Test
  void indeterminateSignalIsDoneWhenItIsConfirmedAfterTheRepeat() {
    bob.stopConfirming();
    long id = ann.signal(ROOM, bob, "hi");
    world.pass(Bounds.REQUEST);
    ann.ask(new ClientMessage.Signal(id, ROOM, bob.session(), Client.text("hi")));
    world.settle();
    assertEquals(1, ann.answers(id).size());
    bob.goOnConfirming();
    world.settle();
    assertEquals(new Done(id, 0, null), ann.answers(id).getLast());
    assertEquals(List.of("hi"), bob.signals());
  }

  @Test
  void repeatOfADoneSignalIsDoneAgainAndVanishes() {
    long id = ann.signal(ROOM, bob, "hi");
    world.settle();
    ann.ask(new ClientMessage.Signal(id, ROOM, bob.session(), Client.text("hi")));
    world.settle();
    assertEquals(List.of(new Done(id, 0, null), new Done(id, 0, null)), ann.answers(id));
    assertEquals(List.of("hi"), bob.signals());
  }

  @Test
  void indeterminateSignalIsDoneThoughItsSenderLeftTheRoom() {
    bob.stopConfirming();
    long id = ann.signal(ROOM, bob, "hi");
    world.pass(Bounds.REQUEST);
    ann.leave(ROOM);
    bob.goOnConfirming();
    world.settle();
    ann.ask(new ClientMessage.Signal(id, ROOM, bob.session(), Client.text("hi")));
    world.settle();
    assertEquals(new Done(id, 0, null), ann.answers(id).getLast());
  }

  @Test
  void repeatUnderAnOldIdReachesNobodyFromOutsideTheRoom() {
    Client eve = world.member("eve", ROOM);
    long id = ann.signal(ROOM, bob, "hi");
    world.settle();
    ann.leave(ROOM);
    ann.ask(new ClientMessage.Signal(id, ROOM, eve.session(), Client.text("psst")));
    world.settle();
    assertEquals(List.of(), eve.signals());
  }

  @Test
  void everySignalIsAnsweredWithinTenSeconds() {
    bob.stopConfirming();
    long first = ann.signal(ROOM, bob, "1");
    world.pass(Timeline.MILLIS);
    long second = ann.signal(ROOM, bob, "2");
    world.pass(10 * Timeline.SECONDS);
    assertEquals(Code.INDETERMINATE, ann.refusal(first));
    assertEquals(Code.INDETERMINATE, ann.refusal(second));
  }

  @Test
  void receiverThatEndsUnreadMeansUnreachable() {
    bob.line().stall();
    world.settle();
    long id = ann.signal(ROOM, bob, "hi");
    world.settle();
    bob.line().hangUp();
    world.settle();
    assertEquals(Code.UNREACHABLE, ann.refusal(id));
  }

  @Test
  void receiverThatEndsUnconfirmedMeansIndeterminate() {
    bob.stopConfirming();
    long id = ann.signal(ROOM, bob, "hi");
    world.settle();
    bob.line().hangUp();
    world.settle();
    assertEquals(Code.INDETERMINATE, ann.refusal(id));
  }

  @Test
  void stalledLineIsNotWrittenToUntilItFlows() {
    bob.line().stall();
    world.settle();
    ann.signal(ROOM, bob, "hi");
    world.pass(Timeline.SECONDS);
    assertEquals(List.of(), bob.signals());
    bob.line().flow();
    world.settle();
    assertEquals(List.of("hi"), bob.signals());
  }

  @Test
  void offsetThatWasNeverGivenOutIsInvalid() {
    for (String offset : List.of("zzz", "-1", "", "1 ", "99999999999999999999")) {
      bob.say(new ClientMessage.Confirm(offset));
    }
    world.settle();
    assertEquals(5, bob.received(Failed.class).size());
    assertEquals(Code.INVALID, bob.received(Failed.class).getFirst().code());
    assertTrue(bob.connected());
  }

  @Test
  void confirmationOfWhatWasNotWrittenCountsForNothing() {
    bob.line().stall();
    world.settle();
    long id = ann.signal(ROOM, bob, "hi");
    world.settle();
    bob.say(new ClientMessage.Confirm(Long.toString(Long.parseLong(bob.offset(), 36) + 1, 36)));
    world.settle();
    assertEquals(List.of(), ann.answers(id));
    bob.line().flow();
    world.settle();
    assertEquals(List.of("hi"), bob.signals());
  }

  @Test
  void olderOffsetIsIgnored() {
    String old = bob.offset();
    ann.signal(ROOM, bob, "hi");
    world.settle();
    bob.say(new ClientMessage.Confirm(old));
    world.settle();
    assertEquals(List.of(), bob.received(Failed.class));
    assertFalse(bob.offset().equals(old));
  }
}
