package dev.starling.core.session;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.ClientMessage.Request;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Broadcasted;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomViews;
import dev.starling.core.session.RequestLog.Standing;
import dev.starling.crdt.Content;
import java.util.List;

/**
 * Takes a client's requests: sorts out repeats, holds each to the limits and the grant, and hands
 * it to a room or to other sessions. Not thread-safe.
 */
final class ClientDesk {
  private final SessionIdentity identity;
  private final SessionConfig config;
  private final RoomViews views;
  private final RequestLog requests;
  private final RelaySender sender;
  private final RelayReceiver receiver;
  private final JoinedRooms rooms;
  private final Emitter emitter;

  ClientDesk(
      SessionIdentity identity,
      SessionConfig config,
      RoomViews views,
      RequestLog requests,
      RelaySender sender,
      RelayReceiver receiver,
      JoinedRooms rooms,
      Emitter emitter) {
    this.identity = identity;
    this.config = config;
    this.views = views;
    this.requests = requests;
    this.sender = sender;
    this.receiver = receiver;
    this.rooms = rooms;
    this.emitter = emitter;
  }

  /** Takes a request that came within the rate. */
  void take(Request request, Grant grant, long nowNanos) {
    switch (requests.standing(request.id())) {
      case Standing.Fresh fresh -> begin(request, grant, nowNanos);
      case Standing.AskAgain again -> askAgain(request, grant, nowNanos);
      case Standing.Pending pending -> {}
      case Standing.Settled settled -> emitter.send(settled.answer());
      case Standing.Forgotten forgotten ->
          emitter.send(
              new Failed(request.id(), Code.OUT_OF_ORDER, "the id isn't above the last one"));
    }
  }

  /**
   * Refuses a request for reasons that pass; a new one's id is used up.
   *
   * @param code RATE_LIMITED or BUSY
   */
  void refuseNow(Request request, Code code, Grant grant, long nowNanos) {
    String message =
        code == Code.RATE_LIMITED ? "slow down" : "the server holds as much as it may; wait";
    switch (requests.standing(request.id())) {
      case Standing.Fresh fresh ->
          refuse(request.id(), code, message + ", and ask again under a new id");
      case Standing.AskAgain again when request instanceof ClientMessage.Signal ->
          keepId(request, message + ", and send it again");
      case Standing.AskAgain again ->
          refuse(request.id(), code, message + ", and ask again under a new id");
      default -> take(request, grant, nowNanos);
    }
  }

  /** Passes a room's answer on. */
  void answered(String room, long id, ServerMessage answer) {
    switch (answer) {
      case ServerMessage.Joined joined -> {
        rooms.entered(room, id);
        requests.forgetAnswer(id);
        receiver.stateSent(room);
        emitter.send(joined, receiver.writtenOffset());
      }
      case ServerMessage.Waiting waiting -> {
        requests.forgetAnswer(id);
        emitter.send(waiting);
      }
      case ServerMessage.History page -> {
        requests.forgetAnswer(id);
        emitter.send(page);
      }
      case Failed failed -> {
        if (failed.code() != Code.INDETERMINATE) {
          rooms.refused(room, id); // Else it may be in, and has to be taken out at the end.
        }
        fail(id, failed);
      }
      case ServerMessage.Moved moved -> {
        rooms.refused(room, id);
        settle(id, moved);
      }
      default -> settle(id, answer);
    }
  }

  /** What may have had its effect is asked again where the client asks again. */
  private void fail(long id, Failed failed) {
    if (failed.code() == Code.INDETERMINATE) {
      requests.forgetAnswer(id);
      emitter.send(failed);
    } else {
      settle(id, failed);
    }
  }

  private void settle(long id, ServerMessage answer) {
    requests.settle(id, answer);
    emitter.send(answer);
  }

  private void askAgain(Request request, Grant grant, long nowNanos) {
    if (request instanceof ClientMessage.Signal && !requests.admits()) {
      keepId(request, "too many requests are waiting for their answer; send it again");
    } else if (request instanceof ClientMessage.Signal signal && !isAllowed(signal)) {
      sender.recall(signal.id(), signal.to(), nowNanos);
    } else if (request instanceof ClientMessage.Join
        && rooms.leftAfter(request.id(), request.room())) {
      refuse(request.id(), Code.NOT_IN_ROOM, "the room was left since");
    } else {
      begin(request, grant, nowNanos);
    }
  }

  private boolean isAllowed(ClientMessage.Signal signal) {
    return rooms.contains(signal.room()) && views.of(signal.room()).contains(signal.to());
  }

  /** A signal that may have been delivered must not be sent under a new id. */
  private void keepId(Request signal, String message) {
    emitter.send(new Failed(signal.id(), Code.INDETERMINATE, message));
  }

  private void begin(Request request, Grant grant, long nowNanos) {
    if (!requests.admits()) {
      refuse(request.id(), Code.BUSY, "too many requests are waiting for their answer");
      return;
    }
    switch (request) {
      case ClientMessage.Join join -> join(join, grant);
      case ClientMessage.Leave leave -> leave(leave);
      case ClientMessage.Signal signal -> signal(signal, nowNanos);
      case ClientMessage.Broadcast broadcast -> broadcast(broadcast, nowNanos);
      case ClientMessage.Profile profile -> describe(profile);
      case ClientMessage.Settings settings -> configure(settings);
      case ClientMessage.Moderate moderate -> judge(moderate);
      case ClientMessage.Chat chat -> say(chat);
      case ClientMessage.History history -> page(history);
    }
  }

  private void join(ClientMessage.Join join, Grant grant) {
    if (!grant.rooms().matches(join.room())) {
      refuse(join.id(), Code.FORBIDDEN, "the token isn't for this room");
    } else if (!rooms.admits(join.room())) {
      refuse(join.id(), Code.TOO_MANY_ROOMS, "leave another room first");
    } else if (fits(join.id(), join.profile(), config.limits().profileBytes(), "profile")) {
      rooms.entering(join.room(), join.id());
      requests.begin(join.id());
      RoomRequest.Occupant occupant =
          new RoomRequest.Occupant(
              grant.user(), grant.role(), identity.host(), identity.region(), identity.epoch());
      ask(
          new RoomRequest.Enter(
              identity.session(), join.id(), occupant, join.profile(), join.password()),
          join.room());
    }
  }

  private void leave(ClientMessage.Leave leave) {
    rooms.leftBy(leave.id(), leave.room());
    requests.begin(leave.id());
    ask(
        new RoomRequest.Part(identity.session(), leave.id(), identity.epoch(), LeaveReason.LEAVE),
        leave.room());
  }

  private void signal(ClientMessage.Signal signal, long nowNanos) {
    if (!inside(signal)) {
      return;
    }
    if (signal.to().equals(identity.session()) || !views.of(signal.room()).contains(signal.to())) {
      refuse(signal.id(), Code.NO_SUCH_MEMBER, "the member isn't in the room");
      return;
    }
    Signaled event = new Signaled(signal.room(), identity.session(), signal.data());
    sender.signal(signal.id(), signal.to(), event, nowNanos);
  }

  private void broadcast(ClientMessage.Broadcast broadcast, long nowNanos) {
    if (!inside(broadcast)) {
      return;
    }
    List<String> others =
        views.of(broadcast.room()).sessions().stream()
            .filter(session -> !session.equals(identity.session()))
            .toList();
    Broadcasted event = new Broadcasted(broadcast.room(), identity.session(), broadcast.data());
    sender.broadcast(broadcast.id(), others, event, nowNanos);
  }

  private void describe(ClientMessage.Profile profile) {
    if (inside(profile)
        && fits(profile.id(), profile.profile(), config.limits().profileBytes(), "profile")) {
      requests.begin(profile.id());
      ask(
          new RoomRequest.Describe(identity.session(), profile.id(), profile.profile()),
          profile.room());
    }
  }

  private void configure(ClientMessage.Settings settings) {
    if (inside(settings) && fits(settings)) {
      requests.begin(settings.id());
      ask(
          new RoomRequest.Configure(identity.session(), settings.id(), settings.change()),
          settings.room());
    }
  }

  private boolean fits(ClientMessage.Settings settings) {
    Content metadata = settings.change().metadata();
    return metadata == null
        || fits(settings.id(), metadata, config.limits().profileBytes(), "metadata");
  }

  private void judge(ClientMessage.Moderate moderate) {
    if (inside(moderate)) {
      requests.begin(moderate.id());
      ask(
          new RoomRequest.Judge(
              identity.session(),
              moderate.id(),
              moderate.action(),
              moderate.member(),
              moderate.user(),
              moderate.seconds()),
          moderate.room());
    }
  }

  private void say(ClientMessage.Chat chat) {
    if (inside(chat) && fits(chat.id(), chat.data(), config.limits().chatBytes(), "chat message")) {
      requests.begin(chat.id());
      ask(new RoomRequest.Say(identity.session(), chat.id(), chat.data()), chat.room());
    }
  }

  private void page(ClientMessage.History history) {
    if (inside(history)) {
      requests.begin(history.id());
      ask(
          new RoomRequest.Page(identity.session(), history.id(), history.before(), history.limit()),
          history.room());
    }
  }

  private boolean inside(Request request) {
    if (rooms.contains(request.room())) {
      return true;
    }
    refuse(request.id(), Code.NOT_IN_ROOM, "join the room first");
    return false;
  }

  private boolean fits(long id, Content content, int limit, String what) {
    if (content.bytes().length() <= limit) {
      return true;
    }
    refuse(id, Code.INVALID, "the " + what + " is larger than " + limit + " bytes");
    return false;
  }

  private void refuse(long id, Code code, String message) {
    settle(id, new Failed(id, code, message));
  }

  private void ask(RoomRequest request, String room) {
    emitter.ask(request, room);
  }
}
