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
    return channel.hasAttr(VISITOR) ? channel.attr(VISITOR).get() : null;
  }

  /** The same, for whoever remembers it from here on. */
  @SuppressWarnings("deprecation") // Nobody else looks at it meanwhile: this is the channel's loop.
  static @Nullable Visitor takeVisitorOf(Channel channel) {
    return channel.attr(VISITOR).getAndRemove();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (silent.get() > maxSilent || !visitors.enter()) {
      ctx.close();
      return;
    }
    InetSocketAddress peer = peer(ctx.channel());
    Proxies.Telling telling = peer == null ? Proxies.Telling.NOTHING : proxies.tellingOf(peer);
    if (peer != null && telling == Proxies.Telling.NOTHING) {
      if (!admitDirect(ctx.channel(), peer.getAddress())) {
        ctx.close();
        return;
      }
    } else {
      ctx.channel().closeFuture().addListener(closed -> visitors.leave());
    }
    // By header each request says; the one that turns into a client's connection counts.
    if (telling == Proxies.Telling.BY_PROTOCOL) {
      ctx.pipeline()
          .addAfter(ctx.name(), null, new ProxyHeader(this))
          .addAfter(ctx.name(), null, new HAProxyMessageDecoder());
    }
    ctx.pipeline().remove(this);
    ctx.fireChannelActive();
  }

  /** Counts a connection that nobody stands before; with one listener, since there are many. */
  private boolean admitDirect(Channel channel, InetAddress address) {
    Visitor visitor = visitors.enter(address);
    if (visitor == null) {
      visitors.leave();
      return false;
    }
    channel.attr(VISITOR).set(visitor);
    channel
        .closeFuture()
        .addListener(closed -> {
          visitors.leave(address);
          visitors.leave();
        });
    return true;
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
