package dev.starling.tools.dev;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The nodes that were started, from their start to their end. */
final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();
  private final AtomicBoolean ending = new AtomicBoolean();

  /** A cluster that ends with this process, when that is asked to end. */
  Cluster() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
  }

  /** Starts nodes without waiting for them. */
  void start(NodeLauncher launcher, List<NodePlan> plans) {
    plans.forEach(plan -> nodes.add(launcher.start(plan)));
  }

  /** The nodes in the order of their start. */
  List<NodeProcess> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * Waits until all nodes have ended by themselves, and says how the last one did; empty where this
   * process ended it.
   *
   * @param mourner told of each death that others survive
   */
  Optional<String> awaitDeath(Consumer<NodeProcess> mourner) {
    List<NodeProcess> living = new ArrayList<>(nodes);
    while (true) {
      CompletableFuture<?>[] ends =
          living.stream().map(NodeProcess::ended).toArray(CompletableFuture<?>[]::new);
      NodeProcess dead = (NodeProcess) CompletableFuture.anyOf(ends).join();
      if (ending.get()) {
        return Optional.empty();
      }
      living.remove(dead);
      if (living.isEmpty()) {
        return Optional.of(dead.obituary());
      }
      mourner.accept(dead);
    }
  }

  /** Ends all nodes: asks them, waits, and kills those that take too long. */
  @Override
  public void close() {
    ending.set(true);
    nodes.forEach(NodeProcess::askToEnd);
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    for (NodeProcess node : nodes) {
      node.endWithin(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())));
    }
  }
}
