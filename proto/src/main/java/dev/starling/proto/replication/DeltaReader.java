package dev.starling.proto.replication;

import static dev.starling.proto.replication.ReadTables.check;
import static dev.starling.proto.replication.ReadTables.rest;
import static dev.starling.proto.replication.ReadTables.text;
import static dev.starling.proto.replication.ReadTables.time;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.starling.crdt.Ban;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Content;
import dev.starling.crdt.Dot;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Retirement;
import dev.starling.crdt.Role;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomDigest;
import dev.starling.crdt.Setting;
import dev.starling.crdt.Stamp;
import dev.starling.proto.replication.v1.BanEntry;
import dev.starling.proto.replication.v1.ChatEntry;
import dev.starling.proto.replication.v1.Context;
import dev.starling.proto.replication.v1.Delta;
import dev.starling.proto.replication.v1.Digest;
import dev.starling.proto.replication.v1.EntryDot;
import dev.starling.proto.replication.v1.MemberEntry;
import dev.starling.proto.replication.v1.OriginHash;
import dev.starling.proto.replication.v1.RetiredEntry;
import dev.starling.proto.replication.v1.SettingEntry;
import dev.starling.proto.replication.v1.Value;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what other owners say of a room. Never throws on any input. */
public final class DeltaReader {
  private final ReadTables tables;
  private final RoomDelta read;

  private DeltaReader(ReadTables tables, CausalContext context) {
    this.tables = tables;
    this.read = RoomDelta.of(context);
  }

  /** Reads a delta's bytes; null where they are none. */
  public static @Nullable RoomDelta delta(Bytes bytes) {
    Delta parsed = parsed(Delta.parser(), bytes);
    return parsed == null ? null : delta(parsed);
  }

  /** Reads a delta that was parsed already; null where it breaks a rule. */
  public static @Nullable RoomDelta delta(Delta parsed) {
    try {
      return read(parsed, tables(parsed));
    } catch (MalformedException malformed) {
      return null;
    }
  }

  /** The tables of a delta, which what stands beside it may refer to as well. */
  static ReadTables tables(Delta parsed) throws MalformedException {
    return new ReadTables(parsed.getReplicasList(), parsed.getNamesList());
  }

  static RoomDelta read(Delta parsed, ReadTables tables) throws MalformedException {
    return new DeltaReader(tables, tables.context(parsed.getContextList())).read(parsed);
  }

  /** Reads a context's bytes; null where they are none. */
  public static @Nullable CausalContext context(Bytes bytes) {
    Context parsed = parsed(Context.parser(), bytes);
    try {
      return parsed == null ? null : read(parsed);
    } catch (MalformedException malformed) {
      return null;
    }
  }

  static CausalContext read(Context parsed) throws MalformedException {
    return new ReadTables(parsed.getReplicasList(), List.of()).context(parsed.getContextList());
  }

  /** Reads a digest's bytes; null where they are none. */
  public static @Nullable RoomDigest digest(Bytes bytes) {
    Digest parsed = parsed(Digest.parser(), bytes);
    try {
      return parsed == null ? null : digest(parsed);
    } catch (MalformedException malformed) {
      return null;
    }
  }

  static RoomDigest digest(Digest parsed) throws MalformedException {
    ReadTables tables = new ReadTables(parsed.getReplicasList(), List.of());
    TreeMap<ReplicaId, Long> hashes = new TreeMap<>();
    for (OriginHash origin : parsed.getHashesList()) {
      hashes.put(tables.replica(origin.getReplica()), origin.getHash());
    }
    return new RoomDigest(tables.context(parsed.getContextList()), hashes);
  }

  private static <M> @Nullable M parsed(Parser<M> parser, Bytes bytes) {
    if (bytes.length() > ReplicationBounds.MESSAGE_BYTES) {
      return null;
    }
    try {
      return parser.parseFrom(bytes.array(), bytes.offset(), bytes.length());
    } catch (InvalidProtocolBufferException malformed) {
      return null;
    }
  }

  private RoomDelta read(Delta parsed) throws MalformedException {
    for (MemberEntry entry : parsed.getMembersList()) {
      read.members().put(dot(entry.getDot()), member(entry));
    }
    for (SettingEntry entry : parsed.getSettingsList()) {
      read.settings().put(dot(entry.getDot()), setting(entry));
    }
    for (ChatEntry entry : parsed.getChatList()) {
      Dot dot = dot(entry.getDot());
      read.chat().put(dot, chat(dot, entry));
    }
    for (BanEntry entry : parsed.getBansList()) {
      read.bans().put(dot(entry.getDot()), ban(entry));
    }
    for (RetiredEntry entry : parsed.getRetiredList()) {
      ReplicaId replica = tables.replica(entry.getReplica());
      read.retired().put(replica, retired(replica, entry));
    }
    return read;
  }

  /** An entry that the context doesn't hold would come back after every removal. */
  private Dot dot(EntryDot parsed) throws MalformedException {
    Dot dot = tables.dot(parsed);
    check(read.context().contains(dot), "entry beside the context");
    return dot;
  }

  private Member member(MemberEntry entry) throws MalformedException {
    HybridTime since = time(entry.getSince());
    check(entry.getEpoch() >= 0, "negative epoch");
    return new Member(
        text(entry.getSession()),
        entry.getEpoch(),
        tables.replica(entry.getHost()),
        tables.name(entry.getRegion()),
        text(entry.getUser()),
        entry.getModerator() ? Role.MODERATOR : Role.MEMBER,
        since,
        register(entry.getProfile(), since),
        rest(entry));
  }

  private Setting setting(SettingEntry entry) throws MalformedException {
    Register<Content> register = register(entry.getValue(), time(entry.getAt()));
    return new Setting(text(entry.getKey()), register, rest(entry));
  }

  private ChatMessage chat(Dot dot, ChatEntry entry) throws MalformedException {
    return new ChatMessage(
        entry.hasOrigin() ? tables.dot(entry.getOrigin()) : dot,
        time(entry.getAt()),
        text(entry.getSession()),
        text(entry.getUser()),
        tables.content(entry.getType(), entry.getData()),
        rest(entry));
  }

  private static Ban ban(BanEntry entry) throws MalformedException {
    check(entry.getUntilMillis() >= 0, "negative time");
    long until = entry.getUntilMillis() == 0 ? Long.MAX_VALUE : entry.getUntilMillis();
    return new Ban(text(entry.getUser()), until, rest(entry));
  }

  private Retirement retired(ReplicaId replica, RetiredEntry entry) throws MalformedException {
    CausalContext gone = tables.context(entry.getGoneList());
    check(gone.only(replica).equals(gone), "dots of others retired");
    check(entry.getAtMillis() >= 0, "negative time");
    return new Retirement(gone, tables.context(entry.getAfterList()), entry.getAtMillis());
  }

  private Register<Content> register(Value value, HybridTime since) throws MalformedException {
    HybridTime at = time(since.packed() + value.getAfter());
    Stamp stamp = new Stamp(at, tables.replica(value.getReplica()));
    return new Register<>(stamp, tables.content(value.getType(), value.getData()));
  }
}
