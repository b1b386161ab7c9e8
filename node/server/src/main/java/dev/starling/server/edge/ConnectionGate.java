package dev.starling.server.edge;

import dev.starling.server.host.Visitor;
import dev.starling.server.host.Visitors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections above the bounds before anything of theirs is read: in all, and from one
 * address. Where a declared proxy connects, the address is the one that it will tell. Thread-safe.
 */
@Sharable
final class ConnectionGate extends ChannelInboundHandlerAdapter {
  private static final AttributeKey<Visitor> VISITOR =
      AttributeKey.valueOf(ConnectionGate.class, "visitor");

  private final Visitors visitors;
  private final Proxies proxies;
  private final int maxSilent;
  private final AtomicInteger silent;

  /**
   * @param maxSilent how many connections may be at their TLS handshake or first request
   * @param silent how many are
   */
  ConnectionGate(Visitors visitors, Proxies proxies, int maxSilent, AtomicInteger silent) {
    this.visitors = visitors;
    this.proxies = proxies;
    this.maxSilent = maxSilent;
    this.silent = silent;
  }

  /** The address that a connection is counted against, or null where it has none yet. */
  static @Nullable Visitor visitorOf(Channel channel) {
    return channel.attr(VISITOR).get();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (silent.get() > maxSilent || !visitors.enter()) {
      ctx.close();
      return;
    }
    ctx.channel().closeFuture().addListener(closed -> visitors.leave());
    InetSocketAddress peer = peer(ctx.channel());
    switch (peer == null ? Proxies.Telling.NOTHING : proxies.tellingOf(peer)) {
      case NOTHING -> {
        if (peer != null && !admit(ctx.channel(), peer.getAddress())) {
          ctx.close();
          return;
        }
      }
      case BY_PROTOCOL ->
          ctx.pipeline()
              .addAfter(ctx.name(), null, new ProxyHeader(this))
              .addAfter(ctx.name(), null, new HAProxyMessageDecoder());
      // Each request says; the one that turns into a client's connection counts.
      case BY_HEADER -> {}
    }
    ctx.fireChannelActive();
  }

  /** Counts a connection against an address, once; false where that has too many. */
  boolean admit(Channel channel, InetAddress address) {
    if (visitorOf(channel) != null) {
      return true;
    }
    Visitor visitor = visitors.enter(address);
    if (visitor == null) {
      return false;
    }
    channel.attr(VISITOR).set(visitor);
    channel.closeFuture().addListener(closed -> visitors.leave(address));
    return true;
  }

  /** Counts a connection against the address that its socket has. */
  boolean admitPeer(Channel channel) {
    InetSocketAddress peer = peer(channel);
    return peer == null || admit(channel, peer.getAddress());
  }

  static @Nullable InetSocketAddress peer(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote ? remote : null;
  }
}
