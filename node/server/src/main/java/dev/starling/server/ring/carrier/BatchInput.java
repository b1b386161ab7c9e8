package dev.starling.server.ring.carrier;

import com.google.protobuf.CodedOutputStream;
import dev.starling.crdt.Bytes;
import dev.starling.server.host.PeerFrame;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch in its wire form, {@code starling.peer.v1.Batch}, for gRPC to take: each frame is copied
 * once, from where it is to the buffer that is sent.
 */
final class BatchInput extends InputStream implements Drainable, KnownLength {
  private static final int LONGEST_VARINT = 5;

  private final Batch batch;
  private final int length;
  private @Nullable ByteArrayInputStream whole;
  private boolean drained;

  BatchInput(Batch batch) {
    this.batch = batch;
    this.length = batch.frames().stream().mapToInt(BatchInput::lengthOf).sum();
  }

  /** How many bytes a frame takes up in a batch. */
  static int lengthOf(PeerFrame frame) {
    return 1 + CodedOutputStream.computeUInt32SizeNoTag(frame.length()) + frame.length();
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    byte[] prefix = new byte[1 + LONGEST_VARINT];
    for (PeerFrame frame : batch.frames()) {
      CodedOutputStream out = CodedOutputStream.newInstance(prefix);
      out.writeRawByte(BatchMarshaller.tag(frame.kind()));
      out.writeUInt32NoTag(frame.length());
      target.write(prefix, 0, out.getTotalBytesWritten());
      write(target, frame.head());
      write(target, frame.body());
    }
    drained = true;
    return length;
  }

  private static void write(OutputStream target, Bytes bytes) throws IOException {
    if (!bytes.isEmpty()) {
      target.write(bytes.array(), bytes.offset(), bytes.length());
    }
  }

  @Override
  public int available() throws IOException {
    if (drained) {
      return 0;
    }
    return whole == null ? length : whole.available();
  }

  @Override
  public int read() throws IOException {
    return whole().read();
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    return whole().read(target, offset, count);
  }

  private InputStream whole() throws IOException {
    ByteArrayInputStream ready = whole;
    if (ready == null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(length);
      drainTo(out);
      drained = false;
      ready = new ByteArrayInputStream(out.toByteArray());
      whole = ready;
    }
    return ready;
  }
}
