package dev.starling.core.world;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A world of a few steady clients to which things happen, and then nothing bad any more. */
final class Story {
  static final List<String> ROOMS = List.of("r1", "r2");
  static final int CLIENTS = 4;
  private static final int MODERATOR = 0;

  private final World world;
  private final Ledger ledger = new Ledger();
  private final List<Steady> clients = new ArrayList<>();

  Story(Bounds bounds, Choices choices) {
    world = new World(bounds, choices);
    for (int number = 0; number < CLIENTS; number++) {
      String user = "user" + number;
      String token = number == MODERATOR ? world.moderatorToken(user) : world.token(user);
      Steady client = new Steady(world.timeline(), world.node(), token, ledger);
      clients.add(client);
      client.connect();
      world.settle();
      client.join(ROOMS.getFirst());
    }
    world.settle();
  }

  /** Something that happens. */
  sealed interface Twist {
    record Join(int who, String room) implements Twist {}

    record Leave(int who, String room) implements Twist {}

    record Signal(int who, int whom, String room) implements Twist {}

    record Broadcast(int who, String room) implements Twist {}

    record Chat(int who, String room) implements Twist {}

    record Describe(int who, String room, int value) implements Twist {}

    record Kick(int whom, String room) implements Twist {}

    record Lobby(String room, boolean on) implements Twist {}

    record Decide(int whom, String room, boolean admit) implements Twist {}

    record Cut(int who, int noticedMillis) implements Twist {}

    record Connect(int who) implements Twist {}

    record HangUp(int who) implements Twist {}

    record Stall(int who) implements Twist {}

    record Flow(int who) implements Twist {}

    record SlowDown(int who, int millis) implements Twist {}

    record Mute(int who) implements Twist {}

    record Unmute(int who) implements Twist {}

    record Pass(int millis) implements Twist {}

    static Twist draw(Choices choices) {
      int who = choices.between(0, CLIENTS - 1);
      String room = choices.oneOf(ROOMS);
      return switch (choices.between(0, 30)) {
        case 0, 1 -> new Join(who, room);
        case 2 -> new Leave(who, room);
        case 3, 4, 5, 6, 7, 8, 9 -> new Signal(who, choices.between(0, CLIENTS - 1), room);
        case 10 -> new Broadcast(who, room);
        case 11, 12 -> new Chat(who, room);
        case 13 -> new Describe(who, room, choices.between(0, 9));
        case 14, 15 -> new Cut(who, choices.oneOf(0, 0, 500, 6_000));
        case 16, 17, 18 -> new Connect(who);
        case 19 -> choices.nextInt(4) == 0 ? new HangUp(who) : new Connect(who);
        case 20 -> new Stall(who);
        case 21 -> new Flow(who);
        case 22 -> new SlowDown(who, choices.oneOf(0, 1, 300));
        case 23 -> new Mute(who);
        case 24 -> new Unmute(who);
        case 25 -> new Kick(who, room);
        case 26 -> new Lobby(room, choices.nextBoolean());
        case 27 -> new Decide(who, room, choices.nextBoolean());
        default -> new Pass(choices.oneOf(0, 1, 50, 1_000, 4_500, 11_000));
      };
    }
  }

  World world() {
    return world;
  }

  Ledger ledger() {
    return ledger;
  }

  List<Steady> clients() {
    return clients;
  }

  void happen(Twist twist) {
    switch (twist) {
      case Twist.Join join -> serving(join.who(), client -> client.join(join.room()));
      case Twist.Leave leave -> serving(leave.who(), client -> client.leave(leave.room()));
      case Twist.Signal signal ->
          serving(
              signal.who(),
              client -> client.signalInTurn(signal.room(), clients.get(signal.whom())));
      case Twist.Broadcast broadcast ->
          serving(broadcast.who(), client -> client.broadcast(broadcast.room(), "to all"));
      case Twist.Chat chat -> serving(chat.who(), client -> client.chat(chat.room(), "hi"));
      case Twist.Describe describe ->
          serving(
              describe.who(), client -> client.describe(describe.room(), "" + describe.value()));
      case Twist.Kick kick -> decide(kick.room(), Action.KICK, kick.whom());
      case Twist.Lobby lobby ->
          serving(MODERATOR, mod -> mod.configure(lobby.room(), Changes.lobby(lobby.on())));
      case Twist.Decide decide ->
          decide(decide.room(), decide.admit() ? Action.ADMIT : Action.DENY, decide.whom());
      case Twist.Cut cut ->
          clients.get(cut.who()).line().cut(cut.noticedMillis() * Timeline.MILLIS);
      case Twist.Connect connect -> connect(clients.get(connect.who()));
      case Twist.HangUp hangUp -> clients.get(hangUp.who()).line().hangUp();
      case Twist.Stall stall -> clients.get(stall.who()).line().stall();
      case Twist.Flow flow -> clients.get(flow.who()).line().flow();
      case Twist.SlowDown slow ->
          clients.get(slow.who()).line().slowDown(slow.millis() * Timeline.MILLIS);
      case Twist.Mute mute -> clients.get(mute.who()).stopConfirming();
      case Twist.Unmute unmute -> clients.get(unmute.who()).goOnConfirming();
      case Twist.Pass pass -> world.pass(pass.millis() * Timeline.MILLIS);
    }
    world.pass(Timeline.MILLIS);
    clients.forEach(Steady::checkTimes);
  }

  /**
   * Every line works, every client confirms, the lobbies are off, and time passes until nothing is
   * under way.
   */
  void heal() {
    for (Steady client : clients) {
      client.line().slowDown(0);
      client.line().flow();
      client.goOnConfirming();
    }
    rest();
    ROOMS.forEach(clients.get(MODERATOR)::join);
    rest();
    ROOMS.forEach(room -> clients.get(MODERATOR).configure(room, Changes.lobby(false)));
    rest();
  }

  private void rest() {
    for (int second = 0; second < 30; second++) {
      clients.forEach(Story::connect);
      world.pass(Timeline.SECONDS);
      clients.forEach(Steady::checkTimes);
    }
  }

  private static void connect(Steady client) {
    if (!client.connected()) {
      client.connect();
    }
  }

  private void decide(String room, Action action, int whom) {
    serving(MODERATOR, mod -> mod.moderate(room, action, clients.get(whom)));
  }

  private void serving(int who, Consumer<Steady> action) {
    Steady client = clients.get(who);
    if (client.serving()) {
      action.accept(client);
    }
  }
}
