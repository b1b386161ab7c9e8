package dev.starling.sim.rooms;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.sim.kernel.EventQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * People who come, do something, think, and do something else; each by a random stream of its own.
 */
final class Crowd {
  private static final long MILLI = 1_000_000;

  private final RoomWorld rooms;
  private final EventQueue events;
  private final Ledger ledger;
  private final List<String> names;
  private final String pinned;
  private final List<Actor> actors = new ArrayList<>();
  private long lastNumber;
  private boolean resting;

  /**
   * @param names of the rooms
   * @param pinned the one that is kept in the first region alone; empty for none
   * @param people how many there are; every third moderates
   */
  Crowd(RoomWorld rooms, Ledger ledger, List<String> names, String pinned, int people) {
    this.rooms = rooms;
    this.events = rooms.world().events();
    this.ledger = ledger;
    this.names = names;
    this.pinned = pinned;
    for (int i = 0; i < people; i++) {
      actors.add(new Actor(i));
    }
  }

  /** Lets everybody begin. */
  void begin() {
    actors.forEach(actor -> events.after(actor.thinkNanos(), actor::act));
  }

  /** From now on nobody asks for anything new; what is open is asked until it is answered. */
  void rest() {
    resting = true;
  }

  /** As before. */
  void goOn() {
    resting = false;
  }

  /** The sessions that are connected. */
  List<Client> clients() {
    List<Client> present = new ArrayList<>();
    for (Actor actor : actors) {
      Client client = actor.client;
      if (client != null && !client.isOver()) {
        present.add(client);
      }
    }
    return present;
  }

  List<String> names() {
    return names;
  }

  /** The regions that a room is pinned to; empty for all. */
  List<String> residency(String room) {
    return room.equals(pinned) ? List.of(rooms.world().topology().region(0)) : List.of();
  }

  /** One person. */
  private final class Actor {
    private final String name;
    private final boolean moderator;
    private final RandomGenerator random;
    private final long paceNanos;
    private @Nullable Client client;
    private int sessions;

    Actor(int number) {
      this.name = "p" + number;
      this.moderator = number % 3 == 0;
      this.random = rooms.world().seeds().stream("person " + number);
      this.paceNanos = (long) (300 * MILLI * Math.pow(10, random.nextDouble()));
    }

    private long thinkNanos() {
      return (long) (-paceNanos * Math.log(1 - random.nextDouble()));
    }

    private void act() {
      Client now = client;
      if (now == null || now.isOver()) {
        connect();
      } else if (now.isUnsure()) {
        now.repeat();
      } else if (!now.waits() && !resting) {
        choose(now);
      }
      events.after(thinkNanos(), this::act);
    }

    private void connect() {
      RoomNode node = rooms.node(random.nextInt(rooms.world().size()));
      if (node != null && node.isReady() && !node.machine().isPaused() && !resting) {
        sessions++;
        client =
            new Client(
                node,
                new Client.Person("u-" + name, moderator, Crowd.this::residency),
                name + "." + sessions,
                ledger);
      }
    }

    private void choose(Client now) {
      String room = names.get(random.nextInt(names.size()));
      if (!now.rooms().containsKey(room)) {
        now.join(room);
        return;
      }
      switch (random.nextInt(moderator ? 16 : 12)) {
        case 0 -> now.leave(room);
        case 1 -> now.describe(room);
        case 2 -> {
          if (random.nextInt(4) == 0) {
            now.vanish();
          }
        }
        case 12 -> now.configure(room, ++lastNumber);
        case 13 -> now.configure(room, ++lastNumber);
        case 14 -> putOut(now, room);
        case 15 -> ban(now, room);
        default -> now.say(room);
      }
    }

    private void putOut(Client now, String room) {
      String other = someone(now, room);
      if (other != null) {
        now.judge(room, Action.KICK, other, null, 0);
      }
    }

    /** Of a user who doesn't moderate, for some seconds or for long; or lifts what there may be. */
    private void ban(Client now, String room) {
      int other = random.nextInt(actors.size());
      if (!actors.get(other).moderator) {
        String user = "u-" + actors.get(other).name;
        boolean lifts = random.nextInt(3) == 0;
        long seconds = random.nextBoolean() ? 3 + random.nextInt(10) : 3_600;
        now.judge(room, lifts ? Action.UNBAN : Action.BAN, null, user, seconds);
      }
    }

    private @Nullable String someone(Client now, String room) {
      var standing = now.rooms().get(room);
      List<String> others = new ArrayList<>(standing == null ? List.of() : standing.members);
      others.remove(now.id());
      return others.isEmpty() ? null : others.get(random.nextInt(others.size()));
    }
  }
}
