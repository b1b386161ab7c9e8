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
  private int bodyLength;

  /** What stands in the buffer up to {@code bodyLength}, where others may get the same. */
  private @Nullable ServerMessage shared;

  @Override
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public int write(ServerMessage message, @Nullable String offset, String receiver) {
    try {
      if (!message.equals(shared)) {
        shared = null;
        body(message, receiver);
        shared = FrameWriter.isShared(message) ? message : null;
      }
      return offset == null ? bodyLength : offset(offset);
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  private void body(ServerMessage message, String receiver) throws IOException {
    var built = BinaryMessages.build(message, receiver).build();
    bodyLength = built.getSerializedSize();
    if (buffer.length > LARGEST_KEPT && bodyLength <= LARGEST_KEPT) {
      buffer = new byte[SMALLEST];
    }
    fit(bodyLength);
    CodedOutputStream out = CodedOutputStream.newInstance(buffer, 0, bodyLength);
    built.writeTo(out);
    out.flush();
  }

  /** Appends the offset, which may stand behind the rest: fields have no order. */
  private int offset(String offset) throws IOException {
    int field = dev.starling.proto.v1.ServerMessage.OFFSET_FIELD_NUMBER;
    int length = CodedOutputStream.computeStringSize(field, offset);
    fit(bodyLength + length);
    CodedOutputStream out = CodedOutputStream.newInstance(buffer, bodyLength, length);
    out.writeString(field, offset);
    out.flush();
    return bodyLength + length;
  }

  private void fit(int length) {
    if (buffer.length < length) {
      buffer = Arrays.copyOf(buffer, Math.max(length, 2 * buffer.length));
    }
  }
}
