package dev.starling.server.ring.carrier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.starling.crdt.Bytes;
import dev.starling.property.Choices;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import dev.starling.server.host.FrameClass;
import dev.starling.server.host.PeerFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** Batches are what peer.proto says, and damaged ones are refused without a fault. */
final class BatchFuzzTest {
  private static final Fuzzing BATCHES = new Fuzzing("batches of frames", 16_384, 64);
  private static final BatchMarshaller MARSHALLER = new BatchMarshaller();

  private static Batch any(Choices choices) {
    List<PeerFrame> frames = new ArrayList<>();
    for (int i = choices.between(0, 5); i > 0; i--) {
      frames.add(
          new PeerFrame(
              choices.oneOf(FrameClass.values()),
              bytes(choices),
              choices.nextBoolean() ? bytes(choices) : Bytes.EMPTY));
    }
    return new Batch(frames);
  }

  private static Bytes bytes(Choices choices) {
    byte[] array = new byte[choices.between(0, 300)];
    choices.nextBytes(array);
    int from = choices.between(0, array.length);
    return Bytes.wrap(array, from, array.length - from);
  }

  private static byte[] written(Batch batch) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int length = new BatchInput(batch).drainTo(out);
      assertEquals(out.size(), length);
      return out.toByteArray();
    } catch (IOException memoryDoesNotFail) {
      throw new AssertionError(memoryDoesNotFail);
    }
  }

  private static byte[] whole(PeerFrame frame) {
    return ByteString.copyFrom(frame.head().toArray())
        .concat(UnsafeByteOperations.unsafeWrap(frame.body().toArray()))
        .toByteArray();
  }

  @Property(tries = 2_000)
  void batchIsWrittenAsTheSchemaSays(Choices choices) throws InvalidProtocolBufferException {
    Batch batch = any(choices);
    var parsed = dev.starling.proto.peer.v1.Batch.parseFrom(written(batch));
    for (FrameClass kind : FrameClass.values()) {
      List<ByteString> ours =
          batch.frames().stream()
              .filter(frame -> frame.kind() == kind)
              .map(frame -> ByteString.copyFrom(whole(frame)))
              .toList();
      List<ByteString> theirs =
          switch (kind) {
            case RELAY -> parsed.getRelayList();
            case REPLICATION -> parsed.getReplicationList();
            case INQUIRY -> parsed.getInquiryList();
          };
      assertEquals(ours, theirs);
    }
  }

  @Property(tries = 2_000)
  void whatIsWrittenIsReadAgain(Choices choices) throws IOException {
    Batch batch = any(choices);
    Batch read = MARSHALLER.parse(new ByteArrayInputStream(written(batch)));
    assertEquals(batch.frames().size(), read.frames().size());
    for (int i = 0; i < read.frames().size(); i++) {
      assertEquals(batch.frames().get(i).kind(), read.frames().get(i).kind());
      assertArrayEquals(whole(batch.frames().get(i)), read.frames().get(i).head().toArray());
    }
    assertArrayEquals(written(batch), new BatchInput(batch).readAllBytes());
  }

  @Property(tries = 20_000)
  void damagedBatchIsReadOrRefused(Choices choices) {
    byte[] bytes = written(any(choices));
    for (int i = choices.between(1, 4); i > 0 && bytes.length > 0; i--) {
      bytes[choices.between(0, bytes.length - 1)] = (byte) choices.between(0, 255);
    }
    int kept = choices.oneOf(bytes.length, bytes.length, choices.between(0, bytes.length));
    byte[] damaged = Arrays.copyOf(bytes, kept);
    Batch read =
        BATCHES.parse(damaged.length, () -> MARSHALLER.parse(new ByteArrayInputStream(damaged)));
    BATCHES.count(read.malformed() ? "refused" : "accepted");
    if (!read.malformed()) {
      int length = read.frames().stream().mapToInt(PeerFrame::length).sum();
      assertTrue(length <= damaged.length);
    }
  }

  @AfterAll
  static void report() {
    System.out.println(BATCHES);
  }
}
