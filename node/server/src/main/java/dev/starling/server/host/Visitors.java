package dev.starling.server.host;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections in, or not: by how many there are and how fast they come, in all and from each
 * address. Thread-safe.
 */
public final class Visitors {
  /** Addresses that have gone are remembered for as long as their rates need to recover. */
  private static final int FORMER_ADDRESSES = 65_536;

  private final ShareConfig config;
  private final NodeClock clock;
  private final AtomicInteger connections = new AtomicInteger();
  private final SharedRate arrivals;
  private final ShareTable<AddressKey, Visitor> byAddress;

  Visitors(ShareConfig config, NodeClock clock) {
    this.config = config;
    this.clock = clock;
    this.arrivals = new SharedRate(config.connectionsPerSecond(), config.connectionsPerSecond());
    this.byAddress =
        new ShareTable<>(config.connections() + FORMER_ADDRESSES, () -> new Visitor(config));
  }

  /** Counts a connection; false where there are too many, or too many at once. */
  public boolean enter() {
    if (connections.incrementAndGet() <= config.connections() && arrivals.takeOne(clock.nanos())) {
      return true;
    }
    connections.decrementAndGet();
    return false;
  }

  /** One that {@link #enter} let in has ended. */
  public void leave() {
    connections.decrementAndGet();
  }

  /** Counts a connection against its address; null where that has too many, or too many at once. */
  public @Nullable Visitor enter(InetAddress address) {
    long now = clock.nanos();
    return byAddress.hold(AddressKey.of(address), visitor -> visitor.admits(now), now);
  }

  /** A connection that {@link #enter(InetAddress)} let in has ended. */
  public void leave(InetAddress address) {
    byAddress.letGo(AddressKey.of(address), clock.nanos());
  }
}
