package dev.starling.proto.replication;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomRequest.Occupant;
import dev.starling.crdt.Role;
import dev.starling.proto.replication.v1.Configure;
import dev.starling.proto.replication.v1.Enter;
import dev.starling.proto.replication.v1.Forward;
import dev.starling.proto.replication.v1.Judge;
import dev.starling.proto.replication.v1.Page;
import dev.starling.proto.replication.v1.Snapshot;
import org.jspecify.annotations.Nullable;

/** Writes sessions' requests that one node passes on to another. */
final class RequestWriter {
  private RequestWriter() {}

  static Forward forward(PeerMessage.Forward forward) {
    RoomRequest request = forward.request();
    Forward.Builder built =
        Forward.newBuilder()
            .setRoom(forward.room())
            .setTicket(forward.ticket())
            .addAllResidency(forward.residency())
            .setSession(request.session())
            .setId(request.id());
    switch (request) {
      case RoomRequest.Enter enter -> built.setEnter(enter(enter));
      case RoomRequest.Part part ->
          built.setPart(PeerWriter.reason(part.reason())).setPartEpoch(part.epoch());
      case RoomRequest.Describe describe -> built.setDescribe(PeerWriter.data(describe.profile()));
      case RoomRequest.Configure configure -> built.setConfigure(configure(configure.change()));
      case RoomRequest.Judge judge ->
          built.setJudge(judge(judge.action(), judge.member(), judge.user(), judge.seconds()));
      case RoomRequest.Say say -> built.setSay(PeerWriter.data(say.data()));
      case RoomRequest.Page page -> built.setPage(page(page));
      case RoomRequest.Snapshot snapshot -> built.setSnapshot(Snapshot.getDefaultInstance());
    }
    return built.build();
  }

  private static Enter enter(RoomRequest.Enter enter) {
    Occupant who = enter.occupant();
    Enter.Builder built =
        Enter.newBuilder()
            .setUser(who.user())
            .setModerator(who.role() == Role.MODERATOR)
            .setHost(PeerWriter.replica(who.host()))
            .setRegion(who.region())
            .setEpoch(who.epoch())
            .setProfile(PeerWriter.data(enter.profile()));
    String password = enter.password();
    if (password != null) {
      built.setPassword(password);
    }
    return built.build();
  }

  static Configure configure(SettingsChange change) {
    Configure.Builder built = Configure.newBuilder();
    if (change.limit() != null) {
      built.setLimit(change.limit());
    }
    if (change.locked() != null) {
      built.setLocked(change.locked());
    }
    if (change.lobby() != null) {
      built.setLobby(change.lobby());
    }
    if (change.password() != null) {
      built.setPassword(change.password());
    }
    if (change.metadata() != null) {
      built.setMetadata(PeerWriter.data(change.metadata()));
    }
    return built.build();
  }

  static Judge judge(
      Action action, @Nullable String member, @Nullable String user, @Nullable Long seconds) {
    Judge.Builder built =
        Judge.newBuilder()
            .setAction(
                switch (action) {
                  case KICK -> Judge.Action.ACTION_KICK;
                  case BAN -> Judge.Action.ACTION_BAN;
                  case UNBAN -> Judge.Action.ACTION_UNBAN;
                  case ADMIT -> Judge.Action.ACTION_ADMIT;
                  case DENY -> Judge.Action.ACTION_DENY;
                  case MUTE -> Judge.Action.ACTION_MUTE;
                  case CLOSE -> Judge.Action.ACTION_CLOSE;
                });
    if (member != null) {
      built.setMember(member);
    }
    if (user != null) {
      built.setUser(user);
    }
    if (seconds != null) {
      built.setSeconds(seconds);
    }
    return built.build();
  }

  private static Page page(RoomRequest.Page page) {
    Page.Builder built = Page.newBuilder().setLimit(page.limit());
    if (page.before() != null) {
      built.setBefore(page.before());
    }
    return built.build();
  }
}
