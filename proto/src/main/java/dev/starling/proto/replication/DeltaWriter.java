package dev.starling.proto.replication;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
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
import dev.starling.proto.replication.v1.BanEntry;
import dev.starling.proto.replication.v1.ChatEntry;
import dev.starling.proto.replication.v1.Context;
import dev.starling.proto.replication.v1.Delta;
import dev.starling.proto.replication.v1.Digest;
import dev.starling.proto.replication.v1.MemberEntry;
import dev.starling.proto.replication.v1.OriginHash;
import dev.starling.proto.replication.v1.RetiredEntry;
import dev.starling.proto.replication.v1.SettingEntry;
import dev.starling.proto.replication.v1.Value;

/** Writes deltas, contexts and digests as messages of {@code starling.replication.v1}. */
public final class DeltaWriter {
  private final WrittenTables tables;

  private DeltaWriter(WrittenTables tables) {
    this.tables = tables;
  }

  /** A delta as a message. */
  public static Delta delta(RoomDelta delta) {
    return delta(delta, new WrittenTables());
  }

  /** A delta whose tables also hold what was written with them before. */
  static Delta delta(RoomDelta delta, WrittenTables tables) {
    return body(delta, tables)
        .addAllReplicas(tables.replicas())
        .addAllNames(tables.names())
        .build();
  }

  /** A delta whose tables stand elsewhere. */
  static Delta.Builder body(RoomDelta delta, WrittenTables tables) {
    return new DeltaWriter(tables).write(delta);
  }

  /** A context as a message. */
  public static Context context(CausalContext context) {
    WrittenTables tables = new WrittenTables();
    Context.Builder built = Context.newBuilder().addAllContext(tables.seen(context));
    return built.addAllReplicas(tables.replicas()).build();
  }

  /** A digest as a message. */
  public static Digest digest(RoomDigest digest) {
    WrittenTables tables = new WrittenTables();
    Digest.Builder built = Digest.newBuilder().addAllContext(tables.seen(digest.context()));
    digest
        .hashes()
        .forEach((replica, hash) ->
            built.addHashes(
                OriginHash.newBuilder().setReplica(tables.replica(replica)).setHash(hash)));
    return built.addAllReplicas(tables.replicas()).build();
  }

  private Delta.Builder write(RoomDelta delta) {
    Delta.Builder built = Delta.newBuilder().addAllContext(tables.seen(delta.context()));
    delta.members().forEach((dot, member) -> built.addMembers(member(dot, member)));
    delta.settings().forEach((dot, setting) -> built.addSettings(setting(dot, setting)));
    delta.chat().forEach((dot, message) -> built.addChat(chat(dot, message)));
    delta.bans().forEach((dot, ban) -> built.addBans(ban(dot, ban)));
    delta.retired().forEach((replica, record) -> built.addRetired(retired(replica, record)));
    return built;
  }

  private MemberEntry member(Dot dot, Member member) {
    MemberEntry.Builder built =
        MemberEntry.newBuilder()
            .setDot(tables.dot(dot))
            .setSession(member.session())
            .setEpoch(member.epoch())
            .setHost(tables.replica(member.host()))
            .setRegion(tables.name(member.region()))
            .setUser(member.user())
            .setModerator(member.role() == Role.MODERATOR)
            .setSince(member.since().packed())
            .setProfile(value(member.profile(), member.since()));
    withRest(built, member.rest());
    return built.build();
  }

  private SettingEntry setting(Dot dot, Setting setting) {
    HybridTime at = setting.register().stamp().time();
    SettingEntry.Builder built =
        SettingEntry.newBuilder()
            .setDot(tables.dot(dot))
            .setKey(setting.key())
            .setAt(at.packed())
            .setValue(value(setting.register(), at));
    withRest(built, setting.rest());
    return built.build();
  }

  private ChatEntry chat(Dot dot, ChatMessage message) {
    ChatEntry.Builder built =
        ChatEntry.newBuilder()
            .setDot(tables.dot(dot))
            .setAt(message.at().packed())
            .setSession(message.session())
            .setUser(message.user())
            .setType(tables.type(message.data()))
            .setData(bytes(message.data().bytes()));
    if (!message.dot().equals(dot)) {
      built.setOrigin(tables.dot(message.dot()));
    }
    withRest(built, message.rest());
    return built.build();
  }

  private BanEntry ban(Dot dot, Ban ban) {
    BanEntry.Builder built =
        BanEntry.newBuilder()
            .setDot(tables.dot(dot))
            .setUser(ban.user())
            .setUntilMillis(ban.untilMillis() == Long.MAX_VALUE ? 0 : ban.untilMillis());
    withRest(built, ban.rest());
    return built.build();
  }

  private RetiredEntry retired(ReplicaId replica, Retirement record) {
    return RetiredEntry.newBuilder()
        .setReplica(tables.replica(replica))
        .addAllGone(tables.seen(record.gone()))
        .addAllAfter(tables.seen(record.after()))
        .setAtMillis(record.atMillis())
        .build();
  }

  private Value value(Register<Content> register, HybridTime since) {
    return Value.newBuilder()
        .setAfter(register.stamp().time().packed() - since.packed())
        .setReplica(tables.replica(register.stamp().replica()))
        .setType(tables.type(register.value()))
        .setData(bytes(register.value().bytes()))
        .build();
  }

  private static ByteString bytes(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.array(), bytes.offset(), bytes.length());
  }

  private static void withRest(Message.Builder entry, Bytes rest) {
    if (rest.isEmpty()) {
      return;
    }
    try {
      entry.setUnknownFields(UnknownFieldSet.parseFrom(bytes(rest)));
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException("fields that were read can't be read", impossible);
    }
  }
}
