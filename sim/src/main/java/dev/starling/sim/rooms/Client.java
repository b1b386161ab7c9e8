package dev.starling.sim.rooms;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.Role;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One session of a client: what it asks, one thing at a time, and what it believes of its rooms.
 */
final class Client {
  /** Each session is hosted once. */
  private static final long EPOCH = 1;

  private final RoomNode node;
  private final Person person;
  private final String id;
  private final Ledger ledger;
  private final TreeMap<String, Standing> rooms = new TreeMap<>();
  private final TreeMap<String, TreeSet<String>> heard = new TreeMap<>();
  private final TreeMap<String, Long> newest = new TreeMap<>();
  private @Nullable Asked asked;
  private @Nullable ServerMessage answer;
  private long lastId;
  private boolean over;

  /**
   * Somebody who comes again and again, each time as another session.
   *
   * @param residency the regions that a room is pinned to by the token; empty for all
   */
  record Person(String user, boolean moderator, Function<String, List<String>> residency) {}

  /**
   * What a client asked last.
   *
   * @param newest the newest message that it had heard of
   */
  record Asked(String room, RoomRequest request, long sinceNanos, long newest) {}

  /** What it believes of a room that it is in. */
  static final class Standing {
    final TreeSet<String> members = new TreeSet<>();
    final int copies;

    Standing(int copies) {
      this.copies = copies;
    }
  }

  Client(RoomNode node, Person person, String id, Ledger ledger) {
    this.node = node;
    this.person = person;
    this.id = id;
    this.ledger = ledger;
    node.open(this);
  }

  String id() {
    return id;
  }

  RoomNode node() {
    return node;
  }

  Person person() {
    return person;
  }

  /** Whether its connection is gone, with its node or by itself. */
  boolean isOver() {
    return over;
  }

  /** The rooms that it believes to be in. */
  TreeMap<String, Standing> rooms() {
    return rooms;
  }

  @Nullable Asked asked() {
    return asked;
  }

  /** Its node's process has ended. */
  void cutOff() {
    over = true;
    node.close(this);
  }

  /** It is gone without a word, and its node notices. */
  void vanish() {
    for (String room : rooms.keySet()) {
      node.ask(
          room,
          new RoomRequest.Part(id, RoomRequest.NO_ANSWER, EPOCH, LeaveReason.TIMEOUT),
          person.residency().apply(room));
    }
    cutOff();
  }

  /** Whether it waits for an answer. */
  boolean waits() {
    return asked != null && answer == null;
  }

  /** Whether it doesn't know what became of its last request. */
  boolean isUnsure() {
    return answer instanceof Failed failed && failed.code() == Code.INDETERMINATE;
  }

  /** Whether its last request was answered and isn't to be asked again. */
  boolean isSettled() {
    return !waits() && !isUnsure();
  }

  @Nullable ServerMessage answer() {
    return answer;
  }

  void join(String room) {
    RoomRequest.Occupant who =
        new RoomRequest.Occupant(
            person.user(),
            person.moderator() ? Role.MODERATOR : Role.MEMBER,
            node.life(),
            node.region(),
            EPOCH);
    ledger.enters(room, id);
    ask(room, new RoomRequest.Enter(id, ++lastId, who, json("\"in\""), null));
  }

  void leave(String room) {
    rooms.remove(room);
    ask(room, new RoomRequest.Part(id, ++lastId, EPOCH, LeaveReason.LEAVE));
  }

  void say(String room) {
    lastId++;
    ask(room, new RoomRequest.Say(id, lastId, json("\"" + id + " says " + lastId + "\"")));
  }

  void describe(String room) {
    lastId++;
    // An entry that is written anew outlives being taken out at the same time elsewhere.
    ledger.enters(room, id);
    ask(room, new RoomRequest.Describe(id, lastId, json("\"is " + lastId + "\"")));
  }

  void configure(String room, long number) {
    Content metadata = json("{\"n\":" + number + "}");
    ask(
        room,
        new RoomRequest.Configure(
            id, ++lastId, new SettingsChange(null, null, null, null, metadata)));
  }

  void judge(String room, Action action, @Nullable String member, @Nullable String user, long s) {
    Long seconds = action == Action.BAN ? s : null;
    ask(room, new RoomRequest.Judge(id, ++lastId, action, member, user, seconds));
  }

  private void ask(String room, RoomRequest request) {
    asked =
        new Asked(
            room, request, node.rooms().world().events().now(), newest.getOrDefault(room, 0L));
    answer = null;
    node.ask(room, request, person.residency().apply(room));
  }

  /** Asks once more under the same id. */
  void repeat() {
    Asked again = asked;
    if (again != null) {
      answer = null;
      node.ask(again.room(), again.request(), person.residency().apply(again.room()));
    }
  }

  void answered(String room, long request, ServerMessage message) {
    Asked open = asked;
    if (open == null
        || open.request().id() != request
        || message instanceof ServerMessage.Waiting) {
      return;
    }
    if (answer != null) {
      node.rooms().violations().add("each request is answered once", id + ": " + message);
    }
    answer = message;
    ledger.answered(this, open, message);
    switch (message) {
      case ServerMessage.Joined joined -> entered(room, joined);
      case ServerMessage.Said said -> {
        heard(room, said.message());
        ledger.said(this, open, said);
      }
      case ServerMessage.Done done -> ledger.done(this, open, done.copies());
      case Failed failed -> {
        if (failed.code() == Code.NOT_IN_ROOM) {
          rooms.remove(room);
        }
      }
      default -> {}
    }
  }

  private void entered(String room, ServerMessage.Joined joined) {
    Standing standing = new Standing(joined.copies());
    joined.members().forEach(member -> standing.members.add(member.session()));
    standing.members.add(id);
    rooms.put(room, standing);
    // Where it enters anew it may be shown less than it knew, and hear of the rest again.
    heard.remove(room);
    joined.chat().forEach(said -> heard(room, said.id()));
    ledger.entered(this, room, joined);
  }

  void happened(Event event) {
    Standing standing = rooms.get(event.room());
    if (standing == null) {
      return; // It has left already.
    }
    switch (event) {
      case ServerMessage.MemberChanged changed -> changed(changed, standing);
      case ServerMessage.Chatted said -> {
        if (!heard(event.room(), said.message().id())) {
          violated("nothing is said twice", said);
        }
      }
      default -> {}
    }
  }

  private boolean heard(String room, String message) {
    newest.merge(room, Ledger.timeOf(message), Math::max);
    return heard.computeIfAbsent(room, absent -> new TreeSet<>()).add(message);
  }

  private void changed(ServerMessage.MemberChanged changed, Standing standing) {
    String member = changed.member().session();
    switch (changed.event()) {
      case JOINED -> {
        if (!standing.members.add(member)) {
          violated("who is in doesn't join", changed);
        }
        ledger.told(this, changed);
      }
      case LEFT -> {
        if (!standing.members.remove(member)) {
          violated("each observer is told of a leave once", changed);
        }
        ledger.told(this, changed);
        if (member.equals(id)) {
          rooms.remove(changed.room());
        }
      }
      case UPDATED -> {}
    }
  }

  private void violated(String invariant, Event event) {
    node.rooms().violations().add(invariant, id + " of " + node.self() + ": " + event);
  }

  private static Content json(String text) {
    return Content.json(Bytes.utf8(text));
  }
}
