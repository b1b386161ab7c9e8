package dev.starling.server.ring.carrier;

import dev.starling.server.host.FrameClass;
import dev.starling.server.host.PeerFrame;
import dev.starling.server.host.PeerLink;
import dev.starling.server.host.PeerUser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Who takes which class; frames of a class that nobody takes are dropped. */
final class Users {
  private final Map<FrameClass, PeerUser> byClass;

  Users(Map<FrameClass, PeerUser> byClass) {
    this.byClass = new EnumMap<>(byClass);
  }

  void tell(Consumer<PeerUser> event) {
    byClass.values().stream().distinct().forEach(event);
  }

  void roomAgain(PeerLink link, FrameClass kind) {
    PeerUser user = byClass.get(kind);
    if (user != null) {
      user.roomAgain(link);
    }
  }

  /** Hands a batch over. */
  void received(PeerLink link, List<PeerFrame> frames, Runnable taken) {
    FrameClass first = frames.getFirst().kind();
    if (frames.stream().allMatch(frame -> frame.kind() == first)) {
      hand(link, first, frames, taken);
      return;
    }
    Map<FrameClass, List<PeerFrame>> parts = new EnumMap<>(FrameClass.class);
    for (PeerFrame frame : frames) {
      parts.computeIfAbsent(frame.kind(), kind -> new ArrayList<>()).add(frame);
    }
    AtomicInteger open = new AtomicInteger(parts.size());
    Runnable partTaken =
        () -> {
          if (open.decrementAndGet() == 0) {
            taken.run();
          }
        };
    parts.forEach((kind, part) -> hand(link, kind, part, partTaken));
  }

  private void hand(PeerLink link, FrameClass kind, List<PeerFrame> frames, Runnable taken) {
    PeerUser user = byClass.get(kind);
    if (user == null) {
      taken.run();
    } else {
      user.received(link, frames, taken);
    }
  }
}
