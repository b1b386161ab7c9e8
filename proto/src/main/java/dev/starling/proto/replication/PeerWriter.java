package dev.starling.proto.replication;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.replication.Note;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.PeerMessage.Seen;
import dev.starling.core.replication.Reply;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.ReplicaId;
import dev.starling.proto.replication.v1.Accepted;
import dev.starling.proto.replication.v1.Ack;
import dev.starling.proto.replication.v1.Asked;
import dev.starling.proto.replication.v1.CatchUp;
import dev.starling.proto.replication.v1.CaughtUp;
import dev.starling.proto.replication.v1.Change;
import dev.starling.proto.replication.v1.Counted;
import dev.starling.proto.replication.v1.Data;
import dev.starling.proto.replication.v1.Elsewhere;
import dev.starling.proto.replication.v1.Ended;
import dev.starling.proto.replication.v1.Entered;
import dev.starling.proto.replication.v1.Finished;
import dev.starling.proto.replication.v1.Knock;
import dev.starling.proto.replication.v1.Lacking;
import dev.starling.proto.replication.v1.Mend;
import dev.starling.proto.replication.v1.Mute;
import dev.starling.proto.replication.v1.NextSums;
import dev.starling.proto.replication.v1.NotServing;
import dev.starling.proto.replication.v1.Peer;
import dev.starling.proto.replication.v1.Pictured;
import dev.starling.proto.replication.v1.Push;
import dev.starling.proto.replication.v1.Reason;
import dev.starling.proto.replication.v1.Refused;
import dev.starling.proto.replication.v1.Repair;
import dev.starling.proto.replication.v1.Replica;
import dev.starling.proto.replication.v1.Replied;
import dev.starling.proto.replication.v1.RoomSum;
import dev.starling.proto.replication.v1.RoomSums;
import dev.starling.proto.replication.v1.SeenRoom;
import dev.starling.proto.replication.v1.ShardSum;
import dev.starling.proto.replication.v1.Subscribe;
import dev.starling.proto.replication.v1.Tell;
import dev.starling.proto.replication.v1.Unsubscribe;
import dev.starling.proto.replication.v1.Update;
import dev.starling.proto.replication.v1.Waits;
import java.util.ArrayList;
import java.util.List;

/** Writes what nodes say to each other about rooms. */
public final class PeerWriter {
  private PeerWriter() {}

  /** A message's wire form. */
  public static Peer peer(PeerMessage message) {
    Peer.Builder built = Peer.newBuilder();
    switch (message) {
      case PeerMessage.OfRoom ofRoom -> writeOfRoom(ofRoom, built);
      case PeerMessage.ShardSum sum ->
          built.setShardSum(
              ShardSum.newBuilder()
                  .setShard(sum.shard())
                  .setRooms(sum.rooms())
                  .setHash(sum.hash()));
      case PeerMessage.RoomSums sums -> built.setRoomSums(sums(sums));
      case PeerMessage.NextSums next ->
          built.setNextSums(NextSums.newBuilder().setShard(next.shard()).setAfter(next.after()));
      case PeerMessage.Lacking lacking -> built.setLacking(lacking(lacking));
      case PeerMessage.Repair repair -> built.setRepair(repair(repair));
      case PeerMessage.CatchUp asked ->
          built.setCatchUp(
              CatchUp.newBuilder().setShard(asked.shard()).addAllRooms(rooms(asked.rooms())));
      case PeerMessage.CaughtUp done ->
          built.setCaughtUp(
              CaughtUp.newBuilder().setShard(done.shard()).setServing(done.serving()));
    }
    return built.build();
  }

  private static void writeOfRoom(PeerMessage.OfRoom message, Peer.Builder built) {
    String room = message.room();
    switch (message) {
      case PeerMessage.Push push ->
          built.setPush(
              Push.newBuilder()
                  .setRoom(room)
                  .setChange(change(push.change()))
                  .setSentMillis(push.sentMillis()));
      case PeerMessage.Ack ack ->
          built.setAck(
              Ack.newBuilder()
                  .setRoom(room)
                  .setHolds(DeltaWriter.context(ack.holds()))
                  .setEchoMillis(ack.echoMillis())
                  .setAtMillis(ack.atMillis()));
      case PeerMessage.Forward forward -> built.setForward(RequestWriter.forward(forward));
      case PeerMessage.Verify verify -> built.setVerify(RepairWriter.verify(verify));
      case PeerMessage.Ranges ranges -> built.setRanges(RepairWriter.ranges(ranges));
      case PeerMessage.Mending mending -> built.setMending(RepairWriter.mending(mending));
      case PeerMessage.Command command -> built.setCommand(OrderWriter.command(command));
      case PeerMessage.Replied replied -> built.setReplied(replied(replied));
      case PeerMessage.Subscribe subscribe ->
          built.setSubscribe(
              Subscribe.newBuilder().setRoom(room).setSeen(DeltaWriter.context(subscribe.seen())));
      case PeerMessage.Unsubscribe gone ->
          built.setUnsubscribe(Unsubscribe.newBuilder().setRoom(room));
      case PeerMessage.Update update ->
          built.setUpdate(Update.newBuilder().setRoom(room).setChange(change(update.change())));
      case PeerMessage.Ended ended -> built.setEnded(Ended.newBuilder().setRoom(room));
      case PeerMessage.Tell tell -> built.setTell(tell(tell));
    }
  }

  private static Change change(dev.starling.core.replication.Change change) {
    WrittenTables tables = new WrittenTables();
    Change.Builder built =
        Change.newBuilder()
            .addAllNotes(notes(change, tables))
            .addAllReplaces(tables.seen(change.replaces()));
    return built.setDelta(DeltaWriter.delta(change.delta(), tables)).build();
  }

  private static Repair repair(PeerMessage.Repair repair) {
    WrittenTables tables = new WrittenTables();
    Repair.Builder built = Repair.newBuilder().setShard(repair.shard());
    for (PeerMessage.Mend mend : repair.rooms()) {
      built.addRooms(
          Mend.newBuilder()
              .setRoom(mend.room())
              .setChange(
                  Change.newBuilder()
                      .setDelta(DeltaWriter.body(mend.change().delta(), tables))
                      .addAllNotes(notes(mend.change(), tables))
                      .addAllReplaces(tables.seen(mend.change().replaces()))
                      .addAllLacks(tables.seen(mend.lacks()))));
    }
    return built.addAllReplicas(tables.replicas()).addAllNames(tables.names()).build();
  }

  private static List<dev.starling.proto.replication.v1.Note> notes(
      dev.starling.core.replication.Change change, WrittenTables tables) {
    List<dev.starling.proto.replication.v1.Note> notes = new ArrayList<>();
    change.notes().forEach(note -> notes.add(note(note, tables)));
    return notes;
  }

  private static dev.starling.proto.replication.v1.Note note(Note note, WrittenTables tables) {
    var built = dev.starling.proto.replication.v1.Note.newBuilder().setDot(tables.dot(note.dot()));
    switch (note) {
      case Note.Asked asked ->
          built
              .setSession(asked.session())
              .setAsked(Asked.newBuilder().setId(asked.id()).setSaidAt(asked.saidAt().packed()));
      case Note.Left left -> built.setSession(left.session()).setLeft(reason(left.reason()));
    }
    return built.build();
  }

  static Reason reason(LeaveReason reason) {
    return switch (reason) {
      case LEAVE -> Reason.REASON_LEAVE;
      case TIMEOUT -> Reason.REASON_TIMEOUT;
      case KICKED -> Reason.REASON_KICKED;
      case BANNED -> Reason.REASON_BANNED;
      case CLOSED -> Reason.REASON_CLOSED;
      case REGION -> Reason.REASON_REGION;
    };
  }

  private static RoomSums sums(PeerMessage.RoomSums sums) {
    RoomSums.Builder built =
        RoomSums.newBuilder()
            .setShard(sums.shard())
            .setAfter(sums.after())
            .addAllRooms(rooms(sums.rooms()));
    String through = sums.through();
    if (through != null) {
      built.setThrough(through);
    }
    return built.build();
  }

  private static List<RoomSum> rooms(List<PeerMessage.RoomSum> sums) {
    List<RoomSum> rooms = new ArrayList<>(sums.size());
    for (PeerMessage.RoomSum sum : sums) {
      rooms.add(RoomSum.newBuilder().setRoom(sum.room()).setSummary(sum.summary()).build());
    }
    return rooms;
  }

  private static Lacking lacking(PeerMessage.Lacking lacking) {
    WrittenTables tables = new WrittenTables();
    Lacking.Builder built = Lacking.newBuilder().setShard(lacking.shard());
    for (Seen seen : lacking.rooms()) {
      built.addRooms(
          SeenRoom.newBuilder().setRoom(seen.room()).addAllSeen(tables.seen(seen.context())));
    }
    return built.addAllReplicas(tables.replicas()).build();
  }

  private static Replied replied(PeerMessage.Replied replied) {
    Replied.Builder built =
        Replied.newBuilder().setRoom(replied.room()).setTicket(replied.ticket());
    switch (replied.reply()) {
      case Reply.Entered entered ->
          built.setEntered(
              Entered.newBuilder()
                  .setCovers(DeltaWriter.context(entered.covers()))
                  .setCopies(entered.copies()));
      case Reply.Waits waits -> built.setWaits(Waits.getDefaultInstance());
      case Reply.Finished done -> built.setFinished(Finished.newBuilder().setCopies(done.copies()));
      case Reply.Accepted said ->
          built.setAccepted(
              Accepted.newBuilder()
                  .setMessage(said.message())
                  .setAtMillis(said.atMillis())
                  .setCopies(said.copies()));
      case Reply.Refused refused ->
          built.setRefused(
              Refused.newBuilder().setCode(refused.code().name()).setMessage(refused.message()));
      case Reply.NotServing no -> built.setNotServing(NotServing.getDefaultInstance());
      case Reply.Elsewhere elsewhere ->
          built.setElsewhere(Elsewhere.newBuilder().addAllRegions(elsewhere.regions()));
      case Reply.Counted counted ->
          built.setCounted(Counted.newBuilder().setMembers(counted.members()));
      case Reply.Pictured pictured ->
          built.setPictured(
              Pictured.newBuilder()
                  .setPresent(DeltaWriter.delta(pictured.present()))
                  .setWaiting(pictured.waiting()));
    }
    return built.build();
  }

  private static Tell tell(PeerMessage.Tell tell) {
    Tell.Builder built = Tell.newBuilder().setRoom(tell.room()).setSession(tell.session());
    switch (tell.event()) {
      case ServerMessage.Knocked knocked ->
          built.setKnock(
              Knock.newBuilder()
                  .setMember(knocked.member())
                  .setUser(knocked.user())
                  .setProfile(data(knocked.profile())));
      case ServerMessage.MuteRequested mute ->
          built.setMute(Mute.newBuilder().setFrom(mute.from()));
      case ServerMessage.Announced announced -> built.setAnnouncement(data(announced.data()));
      default -> throw new IllegalArgumentException("every node learns of it from the state");
    }
    return built.build();
  }

  static Data data(Content content) {
    String type = content.type().equals(Content.JSON) ? "" : content.type();
    return Data.newBuilder().setType(type).setData(bytes(content.bytes())).build();
  }

  static Replica replica(ReplicaId replica) {
    return Replica.newBuilder().setNode(replica.node()).setGeneration(replica.generation()).build();
  }

  private static ByteString bytes(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.array(), bytes.offset(), bytes.length());
  }
}
