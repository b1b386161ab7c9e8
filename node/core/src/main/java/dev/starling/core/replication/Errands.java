package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.replication.PeerMessage.Forward;
import dev.starling.core.replication.PeerMessage.Replied;
import dev.starling.core.replication.ReplicationInput.Ask;
import dev.starling.core.replication.ReplicationOutput.Answer;
import dev.starling.core.room.RoomRequest;
import java.util.ArrayList;
import java.util.TreeMap;

/**
 * What moderators decide about those who wait in another owner's lobby: only that one can carry it
 * out. Not thread-safe.
 */
final class Errands {
  private record Errand(String room, RoomRequest request, String to, long sinceNanos) {}

  private final Surroundings at;
  private final TreeMap<Long, Errand> underWay = new TreeMap<>();

  Errands(Surroundings at) {
    this.at = at;
  }

  /** Passes a request on where it is about somebody in another owner's lobby; whether it was. */
  boolean take(Room room, Ask ask) {
    if (!(ask.request() instanceof RoomRequest.Judge judge)) {
      return false;
    }
    String member = judge.member();
    if (member == null || room.state.member(member) != null) {
      return false;
    }
    String owner = room.knocks.ownerOf(member);
    if (owner == null || owner.equals(at.self.node()) || !at.isLinked(owner)) {
      return false;
    }
    if (underWay.size() >= at.config.maxPending()) {
      return false;
    }
    long ticket = at.nextTicket();
    underWay.put(ticket, new Errand(room.name, judge, owner, at.nowNanos()));
    at.send(owner, new Forward(room.name, ticket, judge, ask.residency()));
    return true;
  }

  /** Takes an answer; whether it was to one of these. */
  boolean replied(Replied replied) {
    Errand errand = underWay.remove(replied.ticket());
    if (errand == null) {
      return false;
    }
    long id = errand.request().id();
    switch (replied.reply()) {
      case Reply.Finished done -> answer(errand, new Done(id, done.copies(), null));
      case Reply.Refused refused ->
          answer(errand, new Failed(id, refused.code(), refused.message()));
      default -> answer(errand, new Failed(id, Code.BUSY, "the lobby's owner doesn't serve"));
    }
    return true;
  }

  /** A link is gone: what was asked over it may have been done. */
  void disconnected(String peer) {
    for (var each : new ArrayList<>(underWay.entrySet())) {
      if (each.getValue().to().equals(peer)) {
        end(each.getKey());
      }
    }
  }

  /** Looks after what waits for long. */
  void tick() {
    for (var each : new ArrayList<>(underWay.entrySet())) {
      if (at.nowNanos() - each.getValue().sinceNanos() >= at.config.answerNanos()) {
        end(each.getKey());
      }
    }
  }

  private void end(long ticket) {
    Errand errand = underWay.remove(ticket);
    if (errand != null) {
      long id = errand.request().id();
      answer(errand, new Failed(id, Code.INDETERMINATE, "the lobby's owner didn't answer"));
    }
  }

  private void answer(Errand errand, ServerMessage message) {
    RoomRequest request = errand.request();
    at.emit(new Answer(errand.room(), request.session(), request.id(), message));
  }
}
