package dev.starling.proto.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.starling.core.protocol.ServerMessage.Broadcasted;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.core.route.RouteFrame;
import dev.starling.core.session.Relay.Fate;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.property.Choices;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import dev.starling.proto.Bounds;
import dev.starling.proto.relay.v1.Deliver;
import dev.starling.proto.relay.v1.Frame;
import dev.starling.proto.relay.v1.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whole and damaged frames about deliveries. */
final class RelayFuzzTest {
  private static final Fuzzing FRAMES = new Fuzzing("relay frames of nodes", 16_384, 64);

  private static RouteFrame any(Choices choices) {
    String from = text(choices, Bounds.SESSION);
    long id = choices.nextLong(Bounds.ID) + 1;
    List<String> to =
        IntStream.range(0, choices.between(1, 4))
            .mapToObj(i -> text(choices, Bounds.SESSION))
            .toList();
    return switch (choices.between(0, 2)) {
      case 0 -> new RouteFrame.Deliver(from, id, to, event(choices, from));
      case 1 -> new RouteFrame.Withdraw(from, id, to);
      default -> new RouteFrame.Outcome(from, id, to.getFirst(), choices.oneOf(Fate.values()));
    };
  }

  private static Event event(Choices choices, String from) {
    byte[] data = new byte[choices.between(0, 400)];
    choices.nextBytes(data);
    int start = choices.between(0, data.length);
    Bytes window = Bytes.wrap(data, start, data.length - start);
    Content content =
        choices.nextBoolean() ? Content.json(window) : new Content(text(choices, 128), window);
    String room = text(choices, Bounds.ROOM);
    return choices.nextBoolean()
        ? new Signaled(room, from, content)
        : new Broadcasted(room, from, content);
  }

  private static String text(Choices choices, int most) {
    int length = choices.nextBoolean() ? most : choices.between(1, most);
    return choices.oneOf("x", "é", "漢").repeat(length);
  }

  private static byte[] written(RouteFrame frame) {
    Bytes head = RelayWriter.head(frame);
    Bytes body = RelayWriter.body(frame);
    return ByteBuffer.allocate(head.length() + body.length())
        .put(head.array(), head.offset(), head.length())
        .put(body.array(), body.offset(), body.length())
        .array();
  }

  private static RouteFrame read(byte[] bytes) {
    return Objects.requireNonNull(RelayReader.read(Bytes.wrap(bytes)));
  }

  @Property(tries = 2_000)
  void whatIsWrittenIsReadAgain(Choices choices) {
    RouteFrame frame = any(choices);
    assertEquals(frame, RelayReader.read(Bytes.wrap(written(frame))));
  }

  @Property(tries = 2_000)
  void frameIsWrittenAsTheSchemaSays(Choices choices) throws InvalidProtocolBufferException {
    byte[] bytes = written(any(choices));
    Frame parsed = Frame.parseFrom(bytes);
    assertEquals(HexFormat.of().formatHex(bytes), HexFormat.of().formatHex(again(parsed)));
  }

  /** An empty payload is left out by the generated code. */
  private static byte[] again(Frame parsed) {
    byte[] bytes = parsed.toByteArray();
    if (parsed.hasDeliver() && parsed.getDeliver().getData().isEmpty()) {
      RouteFrame frame = RelayReader.read(Bytes.wrap(bytes));
      return frame == null ? bytes : written(frame);
    }
    return bytes;
  }

  @Property(tries = 20_000)
  void damagedFrameIsReadOrRefusedAndMeansTheSameWrittenAgain(Choices choices) {
    byte[] bytes = written(any(choices));
    for (int i = choices.between(1, 3); i > 0; i--) {
      bytes[choices.between(0, bytes.length - 1)] = (byte) choices.between(0, 255);
    }
    int length = choices.oneOf(bytes.length, bytes.length, choices.between(0, bytes.length));
    byte[] damaged = Arrays.copyOf(bytes, length);
    RouteFrame read = FRAMES.parse(damaged.length, () -> RelayReader.read(Bytes.wrap(damaged)));
    FRAMES.count(read == null ? "refused" : "accepted");
    if (read != null) {
      assertEquals(read, RelayReader.read(Bytes.wrap(written(read))));
    }
  }

  @Test
  void payloadIsAWindowOnTheFrame() {
    Signaled event = new Signaled("r", "a", Content.json(Bytes.utf8("{}")));
    byte[] bytes = written(new RouteFrame.Deliver("a", 1, List.of("b"), event));
    RouteFrame.Deliver read = (RouteFrame.Deliver) read(bytes);
    assertSame(bytes, ((Signaled) read.event()).data().bytes().array());
  }

  @Test
  void whatIsOutOfBoundsIsRefused() {
    Deliver good =
        Deliver.newBuilder()
            .setFrom("a")
            .setId(1)
            .addTo("b")
            .setRoom("r")
            .setKind(Kind.KIND_SIGNAL)
            .build();
    assertNotNull(RelayReader.read(bytes(good)));
    String tooLong = "x".repeat(129);
    List<Deliver> bad =
        List.of(
            good.toBuilder().setFrom("").build(),
            good.toBuilder().setFrom(tooLong).build(),
            good.toBuilder().setId(0).build(),
            good.toBuilder().setId(Bounds.ID + 1).build(),
            good.toBuilder().clearTo().build(),
            good.toBuilder().addTo("").build(),
            good.toBuilder().addTo(tooLong).build(),
            good.toBuilder().addAllTo(Collections.nCopies(1_024, "c")).build(),
            good.toBuilder().setRoom("").build(),
            good.toBuilder().setRoom("a\nb").build(),
            good.toBuilder().setRoom(tooLong).build(),
            good.toBuilder().setType(tooLong).build(),
            good.toBuilder().clearKind().build(),
            good.toBuilder().setKindValue(9).build());
    bad.forEach(deliver -> assertNull(RelayReader.read(bytes(deliver)), deliver::toString));
    assertNull(RelayReader.read(Bytes.EMPTY));
  }

  private static Bytes bytes(Deliver deliver) {
    return Bytes.wrap(Frame.newBuilder().setDeliver(deliver).build().toByteArray());
  }

  @AfterAll
  static void report() {
    System.out.println(FRAMES);
  }
}
