package dev.starling.proto.replication;

import static dev.starling.proto.replication.ReadTables.check;
import static dev.starling.proto.replication.ReadTables.text;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomRequest.Occupant;
import dev.starling.crdt.Content;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.proto.replication.v1.Configure;
import dev.starling.proto.replication.v1.Data;
import dev.starling.proto.replication.v1.Enter;
import dev.starling.proto.replication.v1.Forward;
import dev.starling.proto.replication.v1.Judge;
import dev.starling.proto.replication.v1.Page;
import dev.starling.proto.replication.v1.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads sessions' requests that another node passes on. */
final class RequestReader {
  private static final long MAX_BAN_SECONDS = 315_360_000;
  private static final int MAX_LIMIT = 1_000_000;
  private static final int MAX_PAGE = 100;
  private static final ReadTables NO_TABLES = noTables();

  private RequestReader() {}

  private static ReadTables noTables() {
    try {
      return new ReadTables(List.of(), List.of());
    } catch (MalformedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static PeerMessage forward(Forward forward) throws MalformedException {
    check(forward.getResidencyCount() <= ReplicationBounds.REGIONS, "too many regions");
    for (String region : forward.getResidencyList()) {
      text(region);
    }
    return new PeerMessage.Forward(
        text(forward.getRoom()),
        forward.getTicket(),
        request(forward),
        List.copyOf(forward.getResidencyList()));
  }

  private static RoomRequest request(Forward forward) throws MalformedException {
    String session = text(forward.getSession());
    long id = forward.getId();
    check(id >= 0, "negative id");
    return switch (forward.getRequestCase()) {
      case ENTER -> enter(session, id, forward.getEnter());
      case PART -> part(session, id, forward);
      case DESCRIBE -> new RoomRequest.Describe(session, id, content(forward.getDescribe()));
      case CONFIGURE -> new RoomRequest.Configure(session, id, change(forward.getConfigure()));
      case JUDGE -> judge(session, id, forward.getJudge());
      case SAY -> new RoomRequest.Say(session, id, content(forward.getSay()));
      case PAGE -> page(session, id, forward.getPage());
      case SNAPSHOT -> new RoomRequest.Snapshot(session);
      case REQUEST_NOT_SET -> throw new MalformedException("no request");
    };
  }

  private static RoomRequest enter(String session, long id, Enter enter) throws MalformedException {
    check(enter.getEpoch() >= 0, "negative epoch");
    ReplicaId host =
        new ReplicaId(text(enter.getHost().getNode()), enter.getHost().getGeneration());
    Role role = enter.getModerator() ? Role.MODERATOR : Role.MEMBER;
    Occupant who =
        new Occupant(text(enter.getUser()), role, host, text(enter.getRegion()), enter.getEpoch());
    @Nullable String password = enter.hasPassword() ? text(enter.getPassword()) : null;
    return new RoomRequest.Enter(session, id, who, content(enter.getProfile()), password);
  }

  private static RoomRequest part(String session, long id, Forward forward)
      throws MalformedException {
    check(forward.getPartEpoch() >= 0, "negative epoch");
    return new RoomRequest.Part(session, id, forward.getPartEpoch(), reason(forward.getPart()));
  }

  static LeaveReason reason(Reason reason) throws MalformedException {
    return switch (reason) {
      case REASON_LEAVE -> LeaveReason.LEAVE;
      case REASON_TIMEOUT -> LeaveReason.TIMEOUT;
      case REASON_KICKED -> LeaveReason.KICKED;
      case REASON_BANNED -> LeaveReason.BANNED;
      case REASON_CLOSED -> LeaveReason.CLOSED;
      case REASON_REGION -> LeaveReason.REGION;
      case REASON_UNSPECIFIED, UNRECOGNIZED -> throw new MalformedException("no reason");
    };
  }

  static SettingsChange change(Configure change) throws MalformedException {
    check(
        !change.hasLimit() || (change.getLimit() >= 1 && change.getLimit() <= MAX_LIMIT),
        "limit out of bounds");
    return new SettingsChange(
        change.hasLimit() ? change.getLimit() : null,
        change.hasLocked() ? change.getLocked() : null,
        change.hasLobby() ? change.getLobby() : null,
        change.hasPassword() ? text(change.getPassword()) : null,
        change.hasMetadata() ? content(change.getMetadata()) : null);
  }

  static RoomRequest.Judge judge(String session, long id, Judge judge) throws MalformedException {
    check(
        !judge.hasSeconds() || (judge.getSeconds() >= 1 && judge.getSeconds() <= MAX_BAN_SECONDS),
        "seconds out of bounds");
    Action action =
        switch (judge.getAction()) {
          case ACTION_KICK -> Action.KICK;
          case ACTION_BAN -> Action.BAN;
          case ACTION_UNBAN -> Action.UNBAN;
          case ACTION_ADMIT -> Action.ADMIT;
          case ACTION_DENY -> Action.DENY;
          case ACTION_MUTE -> Action.MUTE;
          case ACTION_CLOSE -> Action.CLOSE;
          case ACTION_UNSPECIFIED, UNRECOGNIZED -> throw new MalformedException("no action");
        };
    return new RoomRequest.Judge(
        session,
        id,
        action,
        judge.hasMember() ? text(judge.getMember()) : null,
        judge.hasUser() ? text(judge.getUser()) : null,
        judge.hasSeconds() ? judge.getSeconds() : null);
  }

  private static RoomRequest page(String session, long id, Page page) throws MalformedException {
    check(page.getLimit() >= 1 && page.getLimit() <= MAX_PAGE, "limit out of bounds");
    @Nullable String before = page.hasBefore() ? text(page.getBefore()) : null;
    return new RoomRequest.Page(session, id, before, page.getLimit());
  }

  static Content content(Data data) throws MalformedException {
    if (data.getType().isEmpty()) {
      return NO_TABLES.content(0, data.getData());
    }
    return new ReadTables(List.of(), List.of(data.getType())).content(1, data.getData());
  }
}
