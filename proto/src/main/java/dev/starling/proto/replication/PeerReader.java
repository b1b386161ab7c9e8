package dev.starling.proto.replication;

import static dev.starling.proto.replication.ReadTables.check;
import static dev.starling.proto.replication.ReadTables.text;
import static dev.starling.proto.replication.ReadTables.time;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.replication.Change;
import dev.starling.core.replication.Note;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.PeerMessage.Seen;
import dev.starling.core.replication.Reply;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.Dot;
import dev.starling.crdt.RoomDelta;
import dev.starling.membership.ring.Ring;
import dev.starling.proto.replication.v1.Lacking;
import dev.starling.proto.replication.v1.Mend;
import dev.starling.proto.replication.v1.Peer;
import dev.starling.proto.replication.v1.Pictured;
import dev.starling.proto.replication.v1.Repair;
import dev.starling.proto.replication.v1.Replied;
import dev.starling.proto.replication.v1.RoomSum;
import dev.starling.proto.replication.v1.RoomSums;
import dev.starling.proto.replication.v1.SeenRoom;
import dev.starling.proto.replication.v1.Tell;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what other nodes say about rooms. Never throws on any input. */
public final class PeerReader {
  private static final TreeMap<String, Code> CODES = new TreeMap<>();

  static {
    for (Code code : Code.values()) {
      CODES.put(code.name(), code);
    }
  }

  private PeerReader() {}

  /** Reads a message's bytes; null where they are none. */
  public static @Nullable PeerMessage peer(Bytes bytes) {
    if (bytes.length() > ReplicationBounds.MESSAGE_BYTES) {
      return null;
    }
    try {
      return peer(Peer.parser().parseFrom(bytes.array(), bytes.offset(), bytes.length()));
    } catch (InvalidProtocolBufferException malformed) {
      return null;
    }
  }

  /** Reads a message that was parsed already; null where it breaks a rule. */
  public static @Nullable PeerMessage peer(Peer parsed) {
    try {
      return read(parsed);
    } catch (MalformedException malformed) {
      return null;
    }
  }

  private static PeerMessage read(Peer parsed) throws MalformedException {
    return switch (parsed.getMessageCase()) {
      case PUSH -> {
        var push = parsed.getPush();
        yield new PeerMessage.Push(
            text(push.getRoom()), change(push.getChange()), push.getSentMillis());
      }
      case ACK -> {
        var ack = parsed.getAck();
        CausalContext holds = DeltaReader.read(ack.getHolds());
        yield new PeerMessage.Ack(
            text(ack.getRoom()), holds, ack.getEchoMillis(), ack.getAtMillis());
      }
      case FORWARD -> RequestReader.forward(parsed.getForward());
      case VERIFY -> RepairReader.verify(parsed.getVerify());
      case RANGES -> RepairReader.ranges(parsed.getRanges());
      case MENDING -> RepairReader.mending(parsed.getMending());
      case COMMAND -> OrderReader.command(parsed.getCommand());
      case REPLIED -> replied(parsed.getReplied());
      case SUBSCRIBE ->
          new PeerMessage.Subscribe(
              text(parsed.getSubscribe().getRoom()),
              DeltaReader.read(parsed.getSubscribe().getSeen()));
      case UNSUBSCRIBE -> new PeerMessage.Unsubscribe(text(parsed.getUnsubscribe().getRoom()));
      case UPDATE ->
          new PeerMessage.Update(
              text(parsed.getUpdate().getRoom()), change(parsed.getUpdate().getChange()));
      case ENDED -> new PeerMessage.Ended(text(parsed.getEnded().getRoom()));
      case TELL -> tell(parsed.getTell());
      default -> ofShard(parsed);
    };
  }

  private static PeerMessage ofShard(Peer parsed) throws MalformedException {
    return switch (parsed.getMessageCase()) {
      case SHARD_SUM -> {
        var sum = parsed.getShardSum();
        yield new PeerMessage.ShardSum(shard(sum.getShard()), sum.getRooms(), sum.getHash());
      }
      case ROOM_SUMS -> sums(parsed.getRoomSums());
      case NEXT_SUMS ->
          new PeerMessage.NextSums(
              shard(parsed.getNextSums().getShard()), text(parsed.getNextSums().getAfter()));
      case LACKING -> lacking(parsed.getLacking());
      case REPAIR -> repair(parsed.getRepair());
      case CATCH_UP ->
          new PeerMessage.CatchUp(
              shard(parsed.getCatchUp().getShard()), rooms(parsed.getCatchUp().getRoomsList()));
      case CAUGHT_UP ->
          new PeerMessage.CaughtUp(
              shard(parsed.getCaughtUp().getShard()), parsed.getCaughtUp().getServing());
      default -> throw new MalformedException("no message");
    };
  }

  private static int shard(int shard) throws MalformedException {
    check(shard >= 0 && shard < Ring.SHARDS, "no such shard");
    return shard;
  }

  private static Change change(dev.starling.proto.replication.v1.Change parsed)
      throws MalformedException {
    return change(parsed, DeltaReader.tables(parsed.getDelta()));
  }

  private static PeerMessage repair(Repair parsed) throws MalformedException {
    check(parsed.getRoomsCount() <= PeerMessage.MAX_ROOMS, "too many rooms");
    ReadTables tables = new ReadTables(parsed.getReplicasList(), parsed.getNamesList());
    List<PeerMessage.Mend> rooms = new ArrayList<>(parsed.getRoomsCount());
    for (Mend mend : parsed.getRoomsList()) {
      CausalContext lacks = tables.context(mend.getChange().getLacksList());
      rooms.add(
          new PeerMessage.Mend(text(mend.getRoom()), change(mend.getChange(), tables), lacks));
    }
    return new PeerMessage.Repair(shard(parsed.getShard()), rooms);
  }

  private static Change change(dev.starling.proto.replication.v1.Change parsed, ReadTables tables)
      throws MalformedException {
    check(parsed.getNotesCount() <= Change.MAX_NOTES, "too many notes");
    RoomDelta delta = DeltaReader.read(parsed.getDelta(), tables);
    List<Note> notes = new ArrayList<>(parsed.getNotesCount());
    for (var note : parsed.getNotesList()) {
      Dot dot = tables.dot(note.getDot());
      String session = text(note.getSession());
      notes.add(
          switch (note.getKindCase()) {
            case ASKED ->
                new Note.Asked(
                    dot, session, note.getAsked().getId(), time(note.getAsked().getSaidAt()));
            case LEFT -> new Note.Left(dot, session, RequestReader.reason(note.getLeft()));
            case KIND_NOT_SET -> throw new MalformedException("no kind of note");
          });
    }
    return new Change(delta, notes, tables.context(parsed.getReplacesList()));
  }

  private static PeerMessage sums(RoomSums sums) throws MalformedException {
    @Nullable String through = sums.hasThrough() ? text(sums.getThrough()) : null;
    return new PeerMessage.RoomSums(
        shard(sums.getShard()), text(sums.getAfter()), through, rooms(sums.getRoomsList()));
  }

  private static List<PeerMessage.RoomSum> rooms(List<RoomSum> parsed) throws MalformedException {
    check(parsed.size() <= PeerMessage.MAX_ROOMS, "too many rooms");
    List<PeerMessage.RoomSum> rooms = new ArrayList<>(parsed.size());
    for (RoomSum sum : parsed) {
      rooms.add(new PeerMessage.RoomSum(text(sum.getRoom()), sum.getSummary()));
    }
    return rooms;
  }

  private static PeerMessage lacking(Lacking parsed) throws MalformedException {
    check(parsed.getRoomsCount() <= PeerMessage.MAX_ROOMS, "too many rooms");
    ReadTables tables = new ReadTables(parsed.getReplicasList(), List.of());
    List<Seen> rooms = new ArrayList<>(parsed.getRoomsCount());
    for (SeenRoom room : parsed.getRoomsList()) {
      rooms.add(new Seen(text(room.getRoom()), tables.context(room.getSeenList())));
    }
    return new PeerMessage.Lacking(shard(parsed.getShard()), rooms);
  }

  private static PeerMessage replied(Replied replied) throws MalformedException {
    Reply reply =
        switch (replied.getReplyCase()) {
          case ENTERED ->
              new Reply.Entered(
                  DeltaReader.read(replied.getEntered().getCovers()),
                  replied.getEntered().getCopies());
          case WAITS -> new Reply.Waits();
          case FINISHED -> new Reply.Finished(replied.getFinished().getCopies());
          case ACCEPTED ->
              new Reply.Accepted(
                  text(replied.getAccepted().getMessage()),
                  replied.getAccepted().getAtMillis(),
                  replied.getAccepted().getCopies());
          case REFUSED ->
              new Reply.Refused(
                  code(replied.getRefused().getCode()), text(replied.getRefused().getMessage()));
          case NOT_SERVING -> new Reply.NotServing();
          case ELSEWHERE -> new Reply.Elsewhere(regions(replied.getElsewhere().getRegionsList()));
          case COUNTED -> new Reply.Counted(replied.getCounted().getMembers());
          case PICTURED -> pictured(replied.getPictured());
          case REPLY_NOT_SET -> throw new MalformedException("no reply");
        };
    return new PeerMessage.Replied(text(replied.getRoom()), replied.getTicket(), reply);
  }

  private static Reply pictured(Pictured pictured) throws MalformedException {
    var present = pictured.getPresent();
    return new Reply.Pictured(
        DeltaReader.read(present, DeltaReader.tables(present)), pictured.getWaiting());
  }

  /** A code of a later version is one of whatever this one knows. */
  private static Code code(String name) {
    return CODES.getOrDefault(name, Code.INTERNAL);
  }

  private static List<String> regions(List<String> regions) throws MalformedException {
    check(!regions.isEmpty() && regions.size() <= ReplicationBounds.REGIONS, "regions");
    for (String region : regions) {
      text(region);
    }
    return List.copyOf(regions);
  }

  private static PeerMessage tell(Tell tell) throws MalformedException {
    String room = text(tell.getRoom());
    Event event =
        switch (tell.getEventCase()) {
          case KNOCK ->
              new ServerMessage.Knocked(
                  room,
                  text(tell.getKnock().getMember()),
                  text(tell.getKnock().getUser()),
                  RequestReader.content(tell.getKnock().getProfile()));
          case MUTE -> new ServerMessage.MuteRequested(room, text(tell.getMute().getFrom()));
          case ANNOUNCEMENT ->
              new ServerMessage.Announced(room, RequestReader.content(tell.getAnnouncement()));
          case EVENT_NOT_SET -> throw new MalformedException("no event");
        };
    return new PeerMessage.Tell(room, text(tell.getSession()), event);
  }
}
