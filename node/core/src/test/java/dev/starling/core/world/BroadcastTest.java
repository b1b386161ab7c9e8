package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Broadcasted;
import dev.starling.core.protocol.ServerMessage.Done;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BroadcastTest {
  private static final String ROOM = "r";

  private final World world = new World();
  private final Client ann = world.member("ann", ROOM);
  private final Client bob = world.member("bob", ROOM);
  private final Client eve = world.member("eve", ROOM);

  @Test
  void everyOtherMemberGetsABroadcast() {
    long id = ann.broadcast(ROOM, "hi");
    world.settle();
    assertEquals(List.of("hi"), heard(bob));
    assertEquals(List.of("hi"), heard(eve));
    assertEquals(List.of(), heard(ann));
    assertEquals(new Done(id, 0, List.of()), ann.answer(id));
  }

  @Test
  void broadcastWaitsForEveryConfirmation() {
    eve.stopConfirming();
    long id = ann.broadcast(ROOM, "hi");
    world.settle();
    assertEquals(List.of(), ann.answers(id));
    eve.goOnConfirming();
    world.settle();
    assertEquals(new Done(id, 0, List.of()), ann.answer(id));
  }

  @Test
  void membersThatDidNotConfirmInTimeAreNamedAsMissed() {
    bob.stopConfirming();
    eve.line().cut();
    long id = ann.broadcast(ROOM, "hi");
    world.pass(Bounds.REQUEST);
    assertEquals(new Done(id, 0, List.of(bob.session(), eve.session())), ann.answer(id));
  }

  @Test
  void broadcastToNobodyIsDoneAtOnce() {
    Client alone = world.member("zoe", "elsewhere");
    long id = alone.broadcast("elsewhere", "hi");
    world.settle();
    assertEquals(new Done(id, 0, List.of()), alone.answer(id));
  }

  @Test
  void broadcastFromOutsideIsRefused() {
    long id = ann.broadcast("elsewhere", "hi");
    world.settle();
    assertEquals(Code.NOT_IN_ROOM, ann.refusal(id));
  }

  @Test
  void repeatedBroadcastIsAnsweredAgainAndHeardOnce() {
    eve.stopConfirming();
    long id = ann.broadcast(ROOM, "hi");
    world.pass(Bounds.REQUEST);
    ann.ask(new ClientMessage.Broadcast(id, ROOM, Client.text("hi")));
    world.settle();
    Done missed = new Done(id, 0, List.of(eve.session()));
    assertEquals(List.of(missed, missed), ann.answers(id));
    assertEquals(List.of("hi"), heard(bob));
  }

  @Test
  void broadcastsAndSignalsOfOneSenderKeepTheirOrder() {
    ann.broadcast(ROOM, "1");
    ann.signal(ROOM, bob, "2");
    ann.broadcast(ROOM, "3");
    world.settle();
    assertEquals(List.of("Broadcasted", "Signaled", "Broadcasted"), kinds(bob));
  }

  private static List<String> heard(Client client) {
    return client.received(Broadcasted.class).stream().map(b -> Client.textOf(b.data())).toList();
  }

  private static List<String> kinds(Client client) {
    int size = client.received().size();
    return client.received().subList(size - 3, size).stream()
        .map(message -> message.getClass().getSimpleName())
        .toList();
  }
}
