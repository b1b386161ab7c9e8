package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.replication.ReplicationOutput.Answer;
import dev.starling.crdt.CausalContext;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Those who are in a room and can't be told so before this replica has seen it. Not thread-safe.
 */
final class Joins {
  /**
   * Somebody whom an owner let in.
   *
   * @param id of the request
   * @param covers what has to be seen here
   * @param copies how many owners hold it
   * @param sinceNanos when it was asked for, or let in where it waited in the lobby
   */
  record Join(String session, long id, CausalContext covers, int copies, long sinceNanos) {}

  private final Room room;
  private final Surroundings at;
  private final TreeMap<Long, Join> byTicket = new TreeMap<>();

  Joins(Room room, Surroundings at) {
    this.room = room;
    this.at = at;
  }

  void put(long ticket, Join join) {
    byTicket.put(ticket, join);
  }

  boolean isEmpty() {
    return byTicket.isEmpty();
  }

  /** Answers what this replica has seen; the sessions that are in. */
  List<String> answer() {
    List<String> newcomers = new ArrayList<>();
    Ownership owned = room.ownership();
    if (owned != null && !owned.isShown()) {
      return newcomers; // What waits to be shown would be told as news to whoever is told it now.
    }
    CausalContext seen = isEmpty() ? CausalContext.EMPTY : room.seen();
    byTicket
        .values()
        .removeIf(join -> {
          boolean covered = seen.covers(join.covers());
          if (covered && room.state.member(join.session()) == null) {
            answer(join, new Failed(join.id(), Code.NOT_IN_ROOM, "left since"));
          } else if (covered) {
            newcomers.add(join.session());
            var joined = room.operations.joined(join.session(), join.id());
            answer(join, Copies.in(joined, join.copies(), room, at.outages(room)));
          }
          return covered;
        });
    return newcomers;
  }

  /** A session leaves; the ids under which it had asked to be let in. */
  List<Long> withdraw(String session) {
    List<Long> ids = new ArrayList<>();
    byTicket
        .values()
        .removeIf(join -> {
          boolean own = join.session().equals(session);
          if (own) {
            ids.add(join.id());
          }
          return own;
        });
    return ids;
  }

  /** Who waits for long may ask again; whether anybody did. */
  boolean giveUp() {
    return byTicket
        .values()
        .removeIf(join -> {
          boolean late = at.nowNanos() - join.sinceNanos() >= at.config.answerNanos();
          if (late) {
            String message = "the owner that let the session in can't be followed";
            answer(join, new Failed(join.id(), Code.INDETERMINATE, message));
          }
          return late;
        });
  }

  private void answer(Join join, ServerMessage message) {
    at.emit(new Answer(room.name, join.session(), join.id(), message));
  }
}
