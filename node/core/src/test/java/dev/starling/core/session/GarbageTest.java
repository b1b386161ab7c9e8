package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.room.RoomView;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.Stamp;
import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Whatever comes in whatever order: a session never throws, and holds no more than its bounds say.
 */
final class GarbageTest {
  private static final int RETAINED = 5;
  private static final int REMEMBERED = 8;
  private static final int SENDERS = 3;
  private static final int ROOMS = 2;
  private static final long SECOND = 1_000_000_000;
  private static final SessionConfig CONFIG =
      new SessionConfig(
          4 * SECOND,
          120 * SECOND,
          5 * SECOND,
          SECOND,
          9 * SECOND,
          4,
          REMEMBERED,
          RETAINED,
          10_000,
          SENDERS,
          new SessionConfig.Rates(1_000, 1_000, 1_000_000),
          new ClientLimits(1_000, ROOMS, 5, 100, 100));

  /**
   * What may hang on a session: each bounded collection, and the members of a few open requests.
   */
  private static final int BOUND = REMEMBERED + 2 * RETAINED + SENDERS + 4 * ROOMS + 4 * 4;

  private static final SettingsChange NO_CHANGE = new SettingsChange(null, null, null, null, null);
  private static final RoomSettings NO_SETTINGS =
      new RoomSettings(1, false, false, false, List.of(), Content.EMPTY_OBJECT);

  private record Step(SessionInput input, long afterNanos) {
    static Step draw(Choices choices) {
      return new Step(
          GarbageTest.anything(choices),
          choices.oneOf(0L, 1L, SECOND / 10, 3 * SECOND, 20 * SECOND));
    }
  }

  @Property(tries = 400)
  void sessionSurvivesAnySequenceOfInputs(Choices choices) {
    Histories.check(
        choices,
        150,
        Step::draw,
        (history, more) -> {
          long now = -SECOND;
          SessionCore core = core(more, now);
          List<SessionOutput> outputs = new ArrayList<>();
          for (Step step : history) {
            now += step.afterNanos();
            core.step(step.input(), now, outputs::add);
            int held = Footprint.of(core);
            assertTrue(held <= BOUND, "holds " + held);
          }
        });
  }

  private static SessionCore core(Choices choices, long now) {
    return new SessionCore(
        new SessionIdentity("s1", new ReplicaId("n", 1), "g", List.of(), 1),
        CONFIG,
        new Grant("u", new RoomPattern("r*"), Role.MEMBER, Long.MAX_VALUE),
        room -> RoomView.of(room, List.of("s1", "s2", "s3")),
        new Secrets("s1", choices.fork()),
        now);
  }

  private static SessionInput anything(Choices choices) {
    long link = choices.between(1, 3);
    long id = choices.between(0, 12);
    String room = choices.oneOf("r1", "r2", "r3", "x");
    return switch (choices.between(0, 14)) {
      case 0 -> new SessionInput.Opened(link, List.of(), null);
      case 1 -> new SessionInput.Resumed(link, "s1.x", "0", null, List.of());
      case 2 -> new SessionInput.Detached(link, choices.nextInt(20) == 0);
      case 3 -> new SessionInput.Writable(choices.nextBoolean());
      case 4 -> new SessionInput.Woken();
      case 5 -> new SessionInput.Heard(0);
      case 6 -> new SessionInput.Garbled(id, choices.oneOf(Code.values()), "x", 10);
      case 7 -> new SessionInput.Answered(room, id, answer(choices, id, room));
      case 8 -> new SessionInput.Happened(roomEvent(choices, room));
      case 9, 10 -> new SessionInput.Relayed(relay(choices, id, room));
      default -> new SessionInput.Received(message(choices, id, room), choices.between(0, 2_000));
    };
  }

  private static ServerMessage answer(Choices choices, long id, String room) {
    return switch (choices.between(0, 3)) {
      case 0 -> new ServerMessage.Done(id, 1, null);
      case 1 -> new ServerMessage.Waiting(id);
      case 2 ->
          new ServerMessage.Joined(id, room, member("s1"), List.of(), NO_SETTINGS, List.of(), 1);
      default -> new ServerMessage.Failed(id, Code.NOT_IN_ROOM, "x");
    };
  }

  private static ServerMessage.Event roomEvent(Choices choices, String room) {
    return choices.nextBoolean()
        ? event(room)
        : new ServerMessage.MemberChanged(
            room,
            ServerMessage.MemberEvent.LEFT,
            member(choices.oneOf("s1", "s2")),
            ServerMessage.LeaveReason.KICKED);
  }

  private static Member member(String session) {
    Stamp stamp = new Stamp(HybridTime.ZERO, new ReplicaId("n", 1));
    Register<Content> profile = new Register<>(stamp, Content.EMPTY_OBJECT);
    return new Member(
        session, 1, new ReplicaId("n", 1), "g", "u", Role.MEMBER, HybridTime.ZERO, profile);
  }

  private static ServerMessage.Event event(String room) {
    return new ServerMessage.Signaled(room, "s2", Content.EMPTY_OBJECT);
  }

  private static Relay relay(Choices choices, long id, String room) {
    String from = choices.oneOf("s1", "s2", "s3", "s4", "s5");
    return switch (choices.between(0, 3)) {
      case 0 -> new Relay.Withdraw(from, id);
      case 1 -> new Relay.Outcome(from, id, choices.oneOf(Relay.Fate.values()));
      default -> new Relay.Deliver(from, id, event(room));
    };
  }

  private static ClientMessage message(Choices choices, long id, String room) {
    Content data = Content.EMPTY_OBJECT;
    List<Function<String, ClientMessage>> kinds =
        List.of(
            name -> new ClientMessage.Join(id, name, data, null),
            name -> new ClientMessage.Leave(id, name),
            name -> new ClientMessage.Signal(id, name, "s2", data),
            name -> new ClientMessage.Broadcast(id, name, data),
            name -> new ClientMessage.Profile(id, name, data),
            name -> new ClientMessage.Chat(id, name, data),
            name -> new ClientMessage.Settings(id, name, NO_CHANGE),
            name -> new ClientMessage.Moderate(id, name, Action.KICK, "s2", null, null),
            name -> new ClientMessage.History(id, name, null, 1),
            name ->
                new ClientMessage.Confirm(choices.oneOf("", "0", "1", "3", "zz", "-1", "٣", "~")),
            name -> new ClientMessage.Ping(),
            name -> new ClientMessage.Hello(null, null));
    return choices.oneOf(kinds).apply(room);
  }
}
