package dev.starling.server.edge;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the node says of itself. Set by the wiring, read by every loop. */
public final class Health {
  private static final String READY = "ready";

  private final String node;
  private final String region;
  private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
  private volatile @Nullable Supplier<Peers> peers;
  private volatile BooleanSupplier stalled = () -> false;
  private volatile @Nullable Supplier<String> store;
  private volatile BooleanSupplier delivers = () -> true;

  /** Where a node is in its life, in order. */
  public enum State {
    STARTING,
    READY,
    DRAINING
  }

  /**
   * What the node knows of others; its words come from checked settings and need no escape.
   *
   * @param joined whether it has found its ring
   * @param living how many nodes live in each region
   * @param degraded what isn't as it should be
   * @param dropped what about rooms was dropped or refused since the start, and how often
   */
  public record Peers(
      boolean joined,
      SortedMap<String, Integer> living,
      List<String> degraded,
      SortedMap<String, Long> dropped) {}

  public Health(String node, String region) {
    this.node = node;
    this.region = region;
  }

  /** Enters a later part of its life; nothing happens where it is there or beyond. */
  public void enter(State next) {
    state.accumulateAndGet(next, (now, wanted) -> wanted.compareTo(now) > 0 ? wanted : now);
  }

  /** Tells of others from now on. */
  public void tellOf(Supplier<Peers> others) {
    peers = others;
  }

  /** Tells how rooms are kept on the disk from now on, in a word. */
  public void tellOfStore(Supplier<String> state) {
    store = state;
  }

  /**
   * Takes no clients while the node may be dead to others.
   *
   * @param isStalled asked at each connection
   */
  public void stalledWhile(BooleanSupplier isStalled) {
    stalled = isStalled;
  }

  /**
   * Is ready only while the node delivers signals.
   *
   * @param isDelivering asked at each connection and each question
   */
  public void readyWhile(BooleanSupplier isDelivering) {
    delivers = isDelivering;
  }

  /** Whether it takes no clients any more. */
  public boolean draining() {
    return state.get() == State.DRAINING;
  }

  /** Whether the node stood still, and isn't in step with the others yet. */
  public boolean stalled() {
    return stalled.getAsBoolean();
  }

  boolean ready() {
    return status().equals(READY);
  }

  private String status() {
    State now = state.get();
    if (now != State.READY) {
      return now.name().toLowerCase(Locale.ROOT);
    }
    if (stalled()) {
      return "stalled";
    }
    return delivers.getAsBoolean() ? READY : "blocked";
  }

  /** The state as a JSON object; names come from checked settings and need no escape. */
  String json() {
    Supplier<Peers> others = peers;
    Peers now = others == null ? null : others.get();
    Supplier<String> kept = store;
    return String.format(
        Locale.ROOT,
        "{\"status\":\"%s\",\"node\":\"%s\",\"region\":\"%s\",\"degraded\":[%s]%s%s}",
        status(),
        node,
        region,
        now == null
            ? ""
            : now.degraded().stream()
                .map(what -> '"' + what + '"')
                .collect(Collectors.joining(",")),
        now == null ? "" : ring(now),
        kept == null ? "" : ",\"store\":\"" + kept.get() + '"');
  }

  private static String ring(Peers now) {
    return ",\"ring\":{\"joined\":"
        + now.joined()
        + ",\"living\":"
        + numbers(now.living())
        + (now.dropped().isEmpty() ? "" : ",\"dropped\":" + numbers(now.dropped()))
        + "}";
  }

  private static String numbers(SortedMap<String, ? extends Number> byName) {
    return byName.entrySet().stream()
        .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
