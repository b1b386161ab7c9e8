package dev.starling.sim.rooms;

import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was asked, acknowledged and told, in all rooms. */
final class Ledger {
  /** How much of the chat whoever joins is sent. */
  static final int MOST_CHAT = 50;

  private static final long A_WHILE = 3_000_000_000L;

  private final RoomWorld rooms;
  private final TreeMap<String, List<Saying>> sayings = new TreeMap<>();
  private final TreeMap<String, List<Write>> writes = new TreeMap<>();
  private final TreeMap<String, Integer> enters = new TreeMap<>();
  private final TreeMap<String, Integer> entered = new TreeMap<>();
  private final TreeMap<String, Integer> told = new TreeMap<>();

  /** How often an observer was told that a member's region can't be reached: it may come back. */
  private final TreeMap<String, Integer> hidden = new TreeMap<>();

  private final TreeSet<String> lost = new TreeSet<>();
  private int acknowledged;
  private long beganNanos;
  private long soonNanos = Long.MAX_VALUE;
  private boolean seesAll;
  private boolean clocksAgree;

  /** A message that was accepted. */
  record Saying(String session, String message, int copies, long atNanos) {}

  /**
   * A change of settings that was acknowledged.
   *
   * @param number which the settings have since
   */
  record Write(long number, long askedNanos, long answeredNanos, int copies) {}

  Ledger(RoomWorld rooms) {
    this.rooms = rooms;
  }

  /** When a message was accepted, in the order of times, as its id says. */
  static long timeOf(String message) {
    return Long.parseLong(message.substring(0, message.indexOf('-')), 36);
  }

  /**
   * From now on the weather is fair.
   *
   * @param withinNanos how soon requests are answered
   * @param whole whether nobody is cut off, so that whoever joins sees what was said before
   */
  void begin(long withinNanos, boolean whole) {
    beganNanos = rooms.world().events().now();
    soonNanos = withinNanos;
    seesAll = whole;
  }

  /**
   * Wall clocks show the same all the while. Where they don't, an owner that hasn't heard of a
   * message yet may give an answer to it an earlier time.
   */
  void clocksAgree() {
    clocksAgree = true;
  }

  /** No longer. */
  void end() {
    soonNanos = Long.MAX_VALUE;
    seesAll = false;
  }

  /**
   * A request was answered.
   *
   * @param answer null where it still isn't
   */
  void answered(Client client, Client.Asked asked, @Nullable ServerMessage answer) {
    long took = rooms.world().events().now() - asked.sinceNanos();
    boolean counts = soonNanos != Long.MAX_VALUE && asked.sinceNanos() >= beganNanos;
    if (counts && (took > soonNanos || (answer != null && FairWeather.isFailure(answer)))) {
      rooms
          .violations()
          .add(
              "in fair weather requests are answered soon",
              client.id()
                  + " of "
                  + client.node().self()
                  + " after "
                  + took
                  + " ns: "
                  + asked
                  + ": "
                  + answer);
    }
  }

  /** A session asks to enter. */
  void enters(String room, String session) {
    enters.merge(room + " " + session, 1, Integer::sum);
  }

  void entered(Client client, String room, ServerMessage.Joined joined) {
    acknowledged++;
    entered.merge(client.id() + " " + room, 1, Integer::sum);
    if (!client.id().equals(joined.self().session())) {
      rooms.violations().add("whoever joins is told of itself", client.id() + ": " + joined);
    }
    if (seesAll) {
      seesWhatWasSaid(client, room, joined);
    }
  }

  private void seesWhatWasSaid(Client client, String room, ServerMessage.Joined joined) {
    List<String> seen = joined.chat().stream().map(ChatMessage::id).toList();
    long oldest = seen.size() < MOST_CHAT ? 0 : timeOf(seen.getFirst());
    long before = rooms.world().events().now() - A_WHILE;
    for (Saying saying : sayings(room)) {
      boolean due = saying.atNanos() < before && timeOf(saying.message()) >= oldest;
      if (due && !seen.contains(saying.message()) && !lost.contains(saying.message())) {
        rooms
            .violations()
            .add("whoever joins sees what was said", client.id() + " doesn't see " + saying);
      }
    }
  }

  /** A message that one owner alone held is gone with its disk. */
  void lost(String message) {
    lost.add(message);
  }

  void said(Client client, Client.Asked asked, ServerMessage.Said said) {
    acknowledged++;
    sayings
        .computeIfAbsent(asked.room(), absent -> new ArrayList<>())
        .add(new Saying(client.id(), said.message(), said.copies(), rooms.world().events().now()));
    if (clocksAgree && timeOf(said.message()) <= asked.newest()) {
      rooms
          .violations()
          .add(
              "the order of chat never contradicts causality",
              client.id() + " had heard of " + asked.newest() + " and then said " + said);
    }
  }

  void done(Client client, Client.Asked asked, int copies) {
    acknowledged++;
    long now = rooms.world().events().now();
    if (asked.request() instanceof RoomRequest.Configure configure) {
      String text = Objects.requireNonNull(configure.change().metadata()).bytes().text();
      long number = Long.parseLong(text.substring(text.indexOf(':') + 1, text.length() - 1));
      writes
          .computeIfAbsent(asked.room(), absent -> new ArrayList<>())
          .add(new Write(number, asked.sinceNanos(), now, copies));
    }
  }

  /** A client is told that another one came or went. */
  void told(Client observer, ServerMessage.MemberChanged change) {
    String whom = change.room() + " " + change.member().session();
    boolean joined = change.event() == MemberEvent.JOINED;
    String here =
        observer.id() + " " + entered.getOrDefault(observer.id() + " " + change.room(), 0);
    if (change.reason() == LeaveReason.REGION) {
      hidden.merge(here + " " + whom, 1, Integer::sum);
    }
    int times = told.merge(here + (joined ? " + " : " - ") + whom, 1, Integer::sum);
    int most = enters.getOrDefault(whom, 0) + hidden.getOrDefault(here + " " + whom, 0);
    boolean passedOn = rooms.wasPassedOn(change.member().session());
    if (times > most && !passedOn) {
      rooms
          .violations()
          .add(
              joined ? "nobody is resurrected" : "each observer is told of a leave once",
              observer.id() + " of " + observer.node().self() + ": " + change);
    }
  }

  List<Saying> sayings(String room) {
    return sayings.getOrDefault(room, List.of());
  }

  List<Write> writes(String room) {
    return writes.getOrDefault(room, List.of());
  }

  /** How many operations were acknowledged. */
  int acknowledged() {
    return acknowledged;
  }
}
