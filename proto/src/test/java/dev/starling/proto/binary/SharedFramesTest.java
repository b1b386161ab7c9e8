package dev.starling.proto.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.starling.core.protocol.ServerMessage;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import dev.starling.proto.FrameWriter;
import dev.starling.proto.json.JsonFrameWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A writer that has written before writes what a new one does. */
final class SharedFramesTest {
  private static final List<ServerMessage> SAMPLES = ServerSamples.all().toList();

  @Property(tries = 100)
  void frameIsTheSameWhateverTheWriterWroteBefore(Choices choices) {
    for (Supplier<FrameWriter> form :
        List.<Supplier<FrameWriter>>of(JsonFrameWriter::new, BinaryFrameWriter::new)) {
      FrameWriter writer = form.get();
      ServerMessage message = SAMPLES.getFirst();
      for (int i = 0; i < 40; i++) {
        boolean next = choices.between(0, 2) == 0;
        message = next ? SAMPLES.get(choices.between(0, SAMPLES.size() - 1)) : message;
        String offset = choices.between(0, 3) == 0 ? null : "o".repeat(choices.between(1, 9));
        String receiver = choices.between(0, 1) == 0 ? "a" : "z";
        assertArrayEquals(
            written(form.get(), message, offset, receiver),
            written(writer, message, offset, receiver));
      }
    }
  }

  private static byte[] written(
      FrameWriter writer, ServerMessage message, @Nullable String offset, String receiver) {
    int length = writer.write(message, offset, receiver);
    return Arrays.copyOf(writer.buffer(), length);
  }
}
