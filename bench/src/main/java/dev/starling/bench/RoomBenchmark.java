package dev.starling.bench;

import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.RoomChanges;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomDigest;
import dev.starling.crdt.RoomState;
import dev.starling.crdt.Stamp;
import dev.starling.proto.replication.DeltaReader;
import dev.starling.proto.replication.DeltaWriter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Merging, making and coding deltas of a room of some members. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoomBenchmark {
  private static final int CHAT = 64;
  private static final ReplicaId FIRST = new ReplicaId("node-1", 1);
  private static final ReplicaId SECOND = new ReplicaId("node-2", 1);
  private static final Content PROFILE = Content.json(Bytes.utf8(Samples.profile()));

  @Param({"10", "100", "1000"})
  private int members;

  private RoomState room = new RoomState(FIRST, CHAT);
  private RoomState other = new RoomState(SECOND, CHAT);
  private RoomDelta full = room.full();
  private RoomDelta update = room.full();
  private RoomDigest behind = room.digest();
  private Bytes updateBytes = Bytes.EMPTY;
  private Bytes fullBytes = Bytes.EMPTY;

  /** Two replicas of one room; the second lacks the last update. */
  @Setup
  public void fill() {
    room = new RoomState(FIRST, CHAT);
    other = new RoomState(SECOND, CHAT);
    for (int i = 0; i < members; i++) {
      room.merge(room.put(member(i, 0)));
    }
    other.merge(room.full());
    behind = other.digest();
    update = room.put(member(0, 1));
    room.merge(update);
    full = room.full();
    updateBytes = Bytes.wrap(DeltaWriter.delta(update).toByteArray());
    fullBytes = Bytes.wrap(DeltaWriter.delta(full).toByteArray());
  }

  private static Member member(int number, long millis) {
    Stamp stamp = new Stamp(HybridTime.of(1_800_000_000_000L + millis, 0), FIRST);
    return new Member(
        "eu-west-1.AAAAAAAA" + number,
        1,
        FIRST,
        "eu-west-1",
        "ada",
        Role.MEMBER,
        stamp.time(),
        new Register<>(stamp, PROFILE));
  }

  /** A member's profile changes: the delta is made and merged where it was made. */
  @Benchmark
  public RoomChanges putAndMerge() {
    return other.merge(other.put(member(0, 2)));
  }

  @Benchmark
  public RoomChanges mergeKnownUpdate() {
    return room.merge(update);
  }

  @Benchmark
  public RoomChanges mergeAllIntoNothing() {
    return new RoomState(SECOND, CHAT).merge(full);
  }

  @Benchmark
  public RoomDelta noveltyOfAll() {
    return room.novel(full);
  }

  @Benchmark
  public RoomDelta differenceByContext() {
    return room.difference(behind.context());
  }

  @Benchmark
  public RoomDigest digest() {
    return room.digest();
  }

  @Benchmark
  public byte[] writeUpdate() {
    return DeltaWriter.delta(update).toByteArray();
  }

  @Benchmark
  public @Nullable RoomDelta readUpdate() {
    return DeltaReader.delta(updateBytes);
  }

  @Benchmark
  public byte[] writeAll() {
    return DeltaWriter.delta(full).toByteArray();
  }

  @Benchmark
  public @Nullable RoomDelta readAll() {
    return DeltaReader.delta(fullBytes);
  }
}
