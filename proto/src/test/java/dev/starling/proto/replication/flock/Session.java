package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.Member;
import dev.starling.crdt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A client's session: what it asked, what it was answered, and what it believes of its rooms. */
final class Session {
  private final Node node;
  private final String id;
  private final boolean moderator;
  private final TreeMap<Long, RoomRequest> asked = new TreeMap<>();
  private final TreeMap<Long, ServerMessage> answers = new TreeMap<>();
  private final TreeMap<String, TreeSet<String>> members = new TreeMap<>();
  private final TreeMap<String, TreeSet<String>> chat = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();
  private List<String> residency = List.of();
  private final long epoch;
  private long lastId;

  /**
   * @param epoch which hosting of the session this is
   */
  Session(Node node, String id, boolean moderator, long epoch) {
    this.epoch = epoch;
    this.node = node;
    this.id = id;
    this.moderator = moderator;
  }

  String id() {
    return id;
  }

  Node node() {
    return node;
  }

  List<Event> events() {
    return events;
  }

  void residency(List<String> regions) {
    residency = regions;
  }

  /** Whom it believes to be in a room that it is in itself; null where it isn't. */
  @Nullable TreeSet<String> members(String room) {
    return members.get(room);
  }

  @Nullable ServerMessage answer(long request) {
    return answers.get(request);
  }

  TreeMap<Long, RoomRequest> asked() {
    return asked;
  }

  long join(String room) {
    RoomRequest.Occupant who =
        new RoomRequest.Occupant(
            "u-" + id, moderator ? Role.MODERATOR : Role.MEMBER, node.life(), node.region(), epoch);
    return ask(room, new RoomRequest.Enter(id, ++lastId, who, json("joined"), null));
  }

  long leave(String room) {
    members.remove(room);
    return ask(room, new RoomRequest.Part(id, ++lastId, epoch, LeaveReason.LEAVE));
  }

  /** The session ends: its node tells the room, and nobody waits for an answer. */
  void end(String room) {
    members.remove(room);
    node.sessions().remove(id);
    node.ask(
        room,
        new RoomRequest.Part(id, RoomRequest.NO_ANSWER, epoch, LeaveReason.TIMEOUT),
        residency);
  }

  long say(String room, String text) {
    return ask(room, new RoomRequest.Say(id, ++lastId, json(text)));
  }

  long describe(String room, String text) {
    return ask(room, new RoomRequest.Describe(id, ++lastId, json(text)));
  }

  long configure(String room, SettingsChange change) {
    return ask(room, new RoomRequest.Configure(id, ++lastId, change));
  }

  long judge(String room, Action action, String member) {
    return ask(room, new RoomRequest.Judge(id, ++lastId, action, member, null, null));
  }

  /** Asks once more under the same id. */
  void repeat(String room, long request) {
    RoomRequest again = asked.get(request);
    if (again != null) {
      answers.remove(request);
      node.ask(room, again, residency);
    }
  }

  private long ask(String room, RoomRequest request) {
    asked.put(request.id(), request);
    node.ask(room, request, residency);
    return request.id();
  }

  void answered(String room, long request, ServerMessage message) {
    answers.put(request, message);
    if (message instanceof ServerMessage.Joined joined) {
      TreeSet<String> now = new TreeSet<>();
      joined.members().forEach(member -> now.add(member.session()));
      now.add(id);
      members.put(room, now);
      joined.chat().forEach(said -> heard(room, said.id()));
    }
  }

  void happened(Event event) {
    events.add(event);
    TreeSet<String> known = members.get(event.room());
    if (known == null) {
      return; // It has left already.
    }
    switch (event) {
      case ServerMessage.MemberChanged changed -> changed(changed, known);
      case ServerMessage.Chatted said ->
          assertTrue(
              heard(event.room(), said.message().id()),
              () -> id + " was told twice what was said: " + said);
      default -> {}
    }
  }

  private boolean heard(String room, String message) {
    return chat.computeIfAbsent(room, absent -> new TreeSet<>()).add(message);
  }

  private void changed(ServerMessage.MemberChanged changed, TreeSet<String> known) {
    Member member = changed.member();
    switch (changed.event()) {
      case JOINED ->
          assertTrue(
              known.add(member.session()),
              () -> id + " was told twice that one joined: " + member.session());
      case LEFT -> {
        assertTrue(
            known.remove(member.session()),
            () -> id + " was told of one that left and hadn't joined: " + member.session());
        if (member.session().equals(id)) {
          members.remove(changed.room());
        }
      }
      case UPDATED -> {}
    }
  }

  private static Content json(String text) {
    return Content.json(Bytes.utf8('"' + text + '"'));
  }
}
