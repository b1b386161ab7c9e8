package dev.starling.proto.binary;

import com.google.protobuf.CodedOutputStream;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.proto.FrameWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a server's messages as binary frames. The frame stands in {@link #buffer} until the next
 * is written. One per thread.
 */
public final class BinaryFrameWriter implements FrameWriter {
  private static final int SMALLEST = 1024;

  /** A buffer that one large message has blown up isn't kept. */
  private static final int LARGEST_KEPT = 256 * 1024;

  private byte[] buffer = new byte[SMALLEST];

  @Override
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public int write(ServerMessage message, @Nullable String offset, String receiver) {
    var frame = BinaryMessages.build(message, receiver);
    if (offset != null) {
      frame.setOffset(offset);
    }
    var built = frame.build();
    int length = built.getSerializedSize();
    fit(length);
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(buffer, 0, length);
      built.writeTo(out);
      out.flush();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return length;
  }

  private void fit(int length) {
    if (buffer.length > LARGEST_KEPT && length <= LARGEST_KEPT) {
      buffer = new byte[SMALLEST];
    }
    if (buffer.length < length) {
      buffer = Arrays.copyOf(buffer, Math.max(length, 2 * buffer.length));
    }
  }
}
