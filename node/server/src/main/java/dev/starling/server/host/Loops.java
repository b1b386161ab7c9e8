package dev.starling.server.host;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** The event loops of a node, in their order; thread-safe. */
final class Loops {
  private final Map<EventExecutor, Loop> byExecutor = new ConcurrentHashMap<>();
  private final List<Loop> all;

  Loops(Iterable<EventExecutor> executors, MemoryAccount account) {
    all =
        StreamSupport.stream(executors.spliterator(), false)
            .map(executor ->
                byExecutor.computeIfAbsent(executor, same -> new Loop(same, account.new Page())))
            .toList();
  }

  List<Loop> all() {
    return all;
  }

  Loop first() {
    return all.getFirst();
  }

  /** The loop that a name belongs to. */
  Loop of(String name) {
    return all.get(Math.floorMod(name.hashCode(), all.size()));
  }

  /** The loop of an executor, which is one of the node's. */
  Loop of(EventExecutor executor) {
    Loop loop = byExecutor.get(executor);
    if (loop == null) {
      throw new IllegalArgumentException("not one of this node's event loops");
    }
    return loop;
  }
}
