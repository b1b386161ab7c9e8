package dev.starling.server.ring.seal;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How many datagrams were dropped, and why; thread-safe. */
public final class DropCounts {
  private final Map<Drop, LongAdder> counts = new EnumMap<>(Drop.class);

  public DropCounts() {
    for (Drop drop : Drop.values()) {
      counts.put(drop, new LongAdder());
    }
  }

  /** Counts one more. */
  public void count(Drop why) {
    LongAdder count = counts.get(why);
    if (count != null) {
      count.increment();
    }
  }

  /** How many there were of a kind. */
  public long of(Drop why) {
    LongAdder count = counts.get(why);
    return count == null ? 0 : count.sum();
  }

  /** Those that there were, in the order of the kinds. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue().sum() > 0)
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
