package dev.starling.server.ring.carrier;

import com.google.protobuf.WireFormat;
import dev.starling.crdt.Bytes;
import dev.starling.server.host.FrameClass;
import dev.starling.server.host.PeerFrame;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between batches and {@code starling.peer.v1.Batch}. By hand, since a frame is to be copied once
 * on its way in too, into an array of its own: whoever keeps it keeps none of its neighbours. Never
 * throws on any input.
 */
final class BatchMarshaller implements Marshaller<Batch> {
  private static final int VARINT_BITS = 7;
  private static final int MORE = 0x80;
  private static final int LONGEST_LENGTH = 35;

  /** What precedes a frame of a class: its field's number and that a length follows. */
  static byte tag(FrameClass kind) {
    int number =
        switch (kind) {
          case RELAY -> dev.starling.proto.peer.v1.Batch.RELAY_FIELD_NUMBER;
          case REPLICATION -> dev.starling.proto.peer.v1.Batch.REPLICATION_FIELD_NUMBER;
          case INQUIRY -> dev.starling.proto.peer.v1.Batch.INQUIRY_FIELD_NUMBER;
        };
    return (byte) (number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
  }

  private static @Nullable FrameClass kind(int tag) {
    for (FrameClass kind : FrameClass.values()) {
      if (tag(kind) == tag) {
        return kind;
      }
    }
    return null;
  }

  @Override
  public InputStream stream(Batch batch) {
    return new BatchInput(batch);
  }

  @Override
  public Batch parse(InputStream in) {
    try {
      List<PeerFrame> frames = new ArrayList<>();
      while (in.available() > 0) {
        PeerFrame frame = frame(in);
        if (frame == null) {
          return Batch.MALFORMED;
        }
        frames.add(frame);
      }
      return new Batch(frames);
    } catch (IOException cut) {
      return Batch.MALFORMED;
    }
  }

  /** The next frame; null where there is none of a class that is known. */
  private static @Nullable PeerFrame frame(InputStream in) throws IOException {
    FrameClass kind = kind(in.read());
    int length = length(in);
    if (kind == null
        || length < 0
        || length > CarrierConfig.MOST_FRAME
        || length > in.available()) {
      return null;
    }
    byte[] bytes = new byte[length];
    return in.readNBytes(bytes, 0, length) == length
        ? new PeerFrame(kind, Bytes.wrap(bytes))
        : null;
  }

  /** A varint of at most five bytes; -1 where it is longer, too large or cut. */
  private static int length(InputStream in) throws IOException {
    long length = 0;
    for (int shift = 0; shift < LONGEST_LENGTH; shift += VARINT_BITS) {
      int next = in.read();
      if (next < 0) {
        return -1;
      }
      length |= (long) (next & (MORE - 1)) << shift;
      if (next < MORE) {
        return length > Integer.MAX_VALUE ? -1 : (int) length;
      }
    }
    return -1;
  }
}
