package dev.starling.server.edge;

import dev.starling.server.host.NodeClock;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections and closes those above the bounds before anything of theirs is read: in all,
 * from one address, and from one address within a second. Thread-safe.
 */
@Sharable
final class ConnectionGate extends ChannelInboundHandlerAdapter {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final EdgeConfig.Bounds bounds;
  private final NodeClock clock;
  private final AtomicInteger connections = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Visitor> visitors = new ConcurrentHashMap<>();

  /** What one address has; changed under the map's lock of its key. */
  private static final class Visitor {
    private int connections;
    private int arrivals;
    private long secondStartNanos;
  }

  ConnectionGate(EdgeConfig.Bounds bounds, NodeClock clock) {
    this.bounds = bounds;
    this.clock = clock;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    InetAddress address = address(ctx.channel());
    if (admit(address)) {
      ctx.channel().closeFuture().addListener(closed -> leave(address));
      ctx.fireChannelActive();
    } else {
      ctx.close();
    }
  }

  private boolean admit(@Nullable InetAddress address) {
    if (connections.incrementAndGet() > bounds.connections()
        || (address != null && !admitVisitor(address))) {
      connections.decrementAndGet();
      return false;
    }
    return true;
  }

  private boolean admitVisitor(InetAddress address) {
    boolean[] admitted = new boolean[1];
    visitors.compute(
        address,
        (key, known) -> {
          Visitor visitor = known == null ? new Visitor() : known;
          admitted[0] = arrive(visitor);
          return visitor;
        });
    return admitted[0];
  }

  private boolean arrive(Visitor visitor) {
    long now = clock.nanos();
    if (now - visitor.secondStartNanos >= NANOS_PER_SECOND) {
      visitor.secondStartNanos = now;
      visitor.arrivals = 0;
    }
    if (visitor.connections >= bounds.connectionsPerAddress()
        || visitor.arrivals >= bounds.connectionsPerSecondPerAddress()) {
      return false;
    }
    visitor.connections++;
    visitor.arrivals++;
    return true;
  }

  private void leave(@Nullable InetAddress address) {
    connections.decrementAndGet();
    if (address != null) {
      visitors.computeIfPresent(
          address,
          (key, visitor) -> {
            visitor.connections--;
            boolean quiet = clock.nanos() - visitor.secondStartNanos >= NANOS_PER_SECOND;
            return visitor.connections == 0 && quiet ? null : visitor;
          });
      sweep();
    }
  }

  /**
   * Addresses that only ever were refused, or left within their first second, must not stay for
   * ever.
   */
  private void sweep() {
    if (visitors.size() > 2 * bounds.connections()) {
      visitors
          .values()
          .removeIf(visitor ->
              visitor.connections == 0
                  && clock.nanos() - visitor.secondStartNanos >= NANOS_PER_SECOND);
    }
  }

  private static @Nullable InetAddress address(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote ? remote.getAddress() : null;
  }
}
