package dev.starling.server.host;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.ServerChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the connections of a port that only few have business at: what is above is closed before
 * anything of it is read, and counted. Thread-safe.
 */
public final class AcceptBound {
  private static final Logger log = LoggerFactory.getLogger(AcceptBound.class);

  /**
   * What there may be.
   *
   * @param connections in all
   * @param handshakes of them at their handshake: who can't show a certificate gets no further
   * @param handshakesOfAddress the same, of one address
   */
  public record Most(int connections, int handshakes, int handshakesOfAddress) {}

  private final String port;
  private final Most most;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private final Map<SocketAddress, InetAddress> shaking = new ConcurrentHashMap<>();
  private final Map<InetAddress, Integer> shakingByAddress = new ConcurrentHashMap<>();

  /**
   * @param port what it is called in the log
   */
  public AcceptBound(String port, Most most) {
    this.port = port;
    this.most = most;
  }

  /**
   * A socket to listen with, whose connections are bounded before anybody takes them.
   *
   * @param type of the node's transport
   */
  public ServerChannel listening(Class<? extends ServerChannel> type) {
    ServerChannel channel = new ReflectiveChannelFactory<>(type).newChannel();
    channel.pipeline().addLast(new Gate());
    return channel;
  }

  /** A connection's handshake is over; nothing happens where it was before. */
  public void handshaken(SocketAddress peer) {
    InetAddress address = shaking.remove(peer);
    if (address != null) {
      shakingByAddress.computeIfPresent(address, (any, n) -> n > 1 ? n - 1 : null);
    }
  }

  /** How many connections were closed because there were too many. */
  public long refused() {
    return refused.get();
  }

  private boolean admit(Channel connection) {
    if (!(connection.remoteAddress() instanceof InetSocketAddress peer)) {
      return false;
    }
    InetAddress address = peer.getAddress();
    if (open.get() >= most.connections()
        || shaking.size() >= most.handshakes()
        || shakingByAddress.getOrDefault(address, 0) >= most.handshakesOfAddress()) {
      return false;
    }
    open.incrementAndGet();
    shaking.put(peer, address);
    shakingByAddress.merge(address, 1, Integer::sum);
    connection
        .closeFuture()
        .addListener(closed -> {
          open.decrementAndGet();
          handshaken(peer);
        });
    return true;
  }

  private void refuse(Channel connection) {
    long all = refused.incrementAndGet();
    connection.unsafe().closeForcibly();
    // Each line tells of as many as all before together.
    if (Long.bitCount(all) == 1) {
      log.warn(
          "{}: {} connections were closed so far because there were too many at a time; keep"
              + " strangers away from it",
          port,
          all);
    }
  }

  @Sharable
  private final class Gate extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      if (accepted instanceof Channel connection && !admit(connection)) {
        refuse(connection);
      } else {
        context.fireChannelRead(accepted);
      }
    }
  }
}
