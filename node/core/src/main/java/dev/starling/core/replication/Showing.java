package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Knocked;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.core.replication.Release.Origin;
import dev.starling.core.replication.Release.Shown;
import dev.starling.core.replication.ReplicationOutput.Answer;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.core.room.Circumstances;
import dev.starling.core.room.RoomEffect;
import dev.starling.core.room.RoomOutput;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.Member;
import dev.starling.crdt.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows at an owner what can't be lost any more: publishes, answers whoever asked, on whatever
 * node, and tells the sessions of this one. Not thread-safe.
 */
final class Showing {
  private static final RoomReport.Refused TOO_FEW =
      new RoomReport.Refused(Code.INDETERMINATE, "too few owners of the room answer");

  private final Room room;
  private final Surroundings at;
  private final Consumer<RoomOutput> here;

  /** Where those asked who wait in the lobby. */
  private final TreeMap<String, Origin> waiting = new TreeMap<>();

  Showing(Room room, Surroundings at) {
    this.room = room;
    this.at = at;
    this.here = output -> Followed.pass(at, room.name, output);
  }

  /**
   * Shows what happened.
   *
   * @param copies how many owners hold it
   */
  void show(Release release, int copies) {
    switch (release.shown()) {
      case Shown.Learnt learnt ->
          room.followed().shown(learnt.changes(), new Noted(release.change()));
      case Shown.Operated operated -> {
        for (RoomEffect effect : operated.effects()) {
          play(effect, operated.origin(), release, copies);
        }
        acknowledge(operated.origin(), copies);
        room.followed().completeJoins();
      }
    }
  }

  /** Whoever passed on what nobody waits for hears all the same that it arrived. */
  private void acknowledge(Origin origin, int copies) {
    boolean unanswered = origin.id() == RoomRequest.NO_ANSWER && !origin.session().isEmpty();
    if (unanswered && !origin.isHere()) {
      Reply done = new Reply.Finished(copies);
      at.send(origin.peer(), new PeerMessage.Replied(room.name, origin.ticket(), done));
    }
  }

  /** Shows what too few owners hold after a long time; whoever asked isn't told that it is safe. */
  void showUnheld(Release release) {
    at.count(Loss.TOO_FEW_COPIES);
    show(release, 0);
  }

  private void play(RoomEffect effect, Origin origin, Release release, int copies) {
    switch (effect) {
      case RoomEffect.Merged merged -> room.audience.publish(merged.changes(), here);
      case RoomEffect.Changed changed ->
          room.audience.tell(
              changed.changes(), new Circumstances.By(changed.reason(), changed.author()), here);
      case RoomEffect.Answer answer -> answer(answer, origin, release, copies);
      case RoomEffect.Tell tell -> tell(tell);
      case RoomEffect.Reported reported -> {
        RoomReport report = isUnheld(release, copies) ? TOO_FEW : reported.report();
        report(reported.ticket(), report, origin);
      }
    }
  }

  private void report(long ticket, RoomReport report, Origin origin) {
    if (origin.isHere()) {
      at.emit(new ReplicationOutput.Reported(ticket, report));
    } else {
      Reply reply = Reply.of(report, room.state);
      at.send(origin.peer(), new PeerMessage.Replied(room.name, origin.ticket(), reply));
    }
  }

  private static boolean isUnheld(Release release, int copies) {
    return copies == 0 && !release.dots().isEmpty();
  }

  private void answer(RoomEffect.Answer answer, Origin origin, Release release, int copies) {
    boolean own = answer.session().equals(origin.session()) && answer.id() == origin.id();
    Origin to = own ? origin : waiting.get(answer.session());
    if (to == null || to.id() != answer.id()) {
      return;
    }
    ServerMessage message = answer.message();
    if (isUnheld(release, copies) && !(message instanceof Failed)) {
      message = new Failed(answer.id(), TOO_FEW.code(), TOO_FEW.message());
    }
    if (message instanceof Waiting) {
      waiting.put(answer.session(), to);
    } else {
      waiting.remove(answer.session(), to);
    }
    if (to.isHere()) {
      answerHere(answer.session(), answer.id(), message, copies);
    } else {
      Reply reply = Reply.of(message, release.seen(), copies);
      if (reply != null) {
        at.send(to.peer(), new PeerMessage.Replied(room.name, to.ticket(), reply));
      }
    }
  }

  private void answerHere(String session, long id, ServerMessage message, int copies) {
    ServerMessage told = Copies.in(message, copies);
    if (message instanceof Joined joined) {
      room.audience.admit(session);
      told = Copies.in(joined, copies, room, at.outages(room));
    }
    at.emit(new Answer(room.name, session, id, told));
  }

  /** Whether somebody waits in the lobby who asked at this node. */
  boolean waitsHere(String session) {
    Origin origin = waiting.get(session);
    return origin != null && origin.isHere();
  }

  /** Those who wait in the lobby and asked at another node; they are forgotten. */
  List<String> forgetWaiting(String peer) {
    List<String> sessions = new ArrayList<>();
    waiting.forEach((session, origin) -> {
      if (origin.peer().equals(peer)) {
        sessions.add(session);
      }
    });
    sessions.forEach(waiting::remove);
    return sessions;
  }

  private void tell(RoomEffect.Tell tell) {
    ReplicaId host = hostOf(tell.session());
    if (host != null && host.equals(at.self)) {
      if (tell.event() instanceof Knocked knocked) {
        room.knocks.heard(knocked.member(), at.self.node());
      }
      at.emit(new ReplicationOutput.Tell(tell.session(), tell.event()));
    } else if (host != null) {
      at.send(host.node(), new PeerMessage.Tell(room.name, tell.session(), tell.event()));
    }
  }

  private @Nullable ReplicaId hostOf(String session) {
    Member member = room.state.member(session);
    return member == null ? null : member.host();
  }
}
