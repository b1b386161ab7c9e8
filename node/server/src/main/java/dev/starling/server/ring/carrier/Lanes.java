package dev.starling.server.ring.carrier;

import dev.starling.server.host.FrameClass;
import dev.starling.server.host.PeerFrame;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one stream, emptied by deficit round robin (Shreedhar and Varghese, SIGCOMM 1995):
 * where all have something to send, each gets its share of the bytes, whatever the sizes of frames.
 */
final class Lanes {
  private final Map<FrameClass, Lane> lanes = new EnumMap<>(FrameClass.class);

  Lanes(CarrierConfig config, CarrierCounts counts) {
    for (FrameClass kind : FrameClass.values()) {
      lanes.put(kind, new Lane(config.bytes(kind), quantumBytes(kind), counts.of(kind)));
    }
  }

  /** A round's bytes: nine parts in sixteen, six and one. */
  private static int quantumBytes(FrameClass kind) {
    return switch (kind) {
      case RELAY -> 36 * 1024;
      case REPLICATION -> 24 * 1024;
      case INQUIRY -> 4 * 1024;
    };
  }

  boolean offer(PeerFrame frame) {
    Lane lane = lanes.get(frame.kind());
    return lane != null && frame.length() <= CarrierConfig.MOST_FRAME && lane.offer(frame);
  }

  /** The next message of the stream; null where nothing waits. */
  @Nullable Batch next() {
    List<PeerFrame> frames = new ArrayList<>();
    while (frames.isEmpty()) {
      boolean nothing = true;
      for (Lane lane : lanes.values()) {
        nothing &= lane.isEmpty();
        lane.begin();
        for (PeerFrame frame = lane.next(); frame != null; frame = lane.next()) {
          frames.add(frame);
        }
      }
      if (nothing && frames.isEmpty()) {
        return null;
      }
    }
    return new Batch(frames);
  }

  /** Names each class that refused a frame and has room again. */
  void roomAgain(Consumer<FrameClass> told) {
    lanes.forEach((kind, lane) -> {
      if (lane.hasRoomAgain()) {
        told.accept(kind);
      }
    });
  }

  void clear() {
    lanes.values().forEach(Lane::clear);
  }
}
