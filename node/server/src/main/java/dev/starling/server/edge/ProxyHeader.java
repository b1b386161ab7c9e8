package dev.starling.server.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import java.net.InetAddress;

/**
 * Takes a client's address from the PROXY protocol's header (version 1 or 2), which a declared
 * proxy sends first. What doesn't begin with one is closed by the decoder before this.
 */
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {
  private final ConnectionGate gate;

  ProxyHeader(ConnectionGate gate) {
    this.gate = gate;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
    ctx.pipeline().remove(this);
    String source = header.sourceAddress();
    // A proxy that looks after the node's health speaks for itself, or for nobody it can name.
    boolean own = header.command() == HAProxyCommand.LOCAL || source == null || !isAddress(header);
    boolean admitted =
        own
            ? gate.admitPeer(ctx.channel())
            : gate.admit(ctx.channel(), InetAddress.ofLiteral(source));
    if (!admitted) {
      ctx.close();
    }
  }

  private static boolean isAddress(HAProxyMessage header) {
    return switch (header.proxiedProtocol().addressFamily()) {
      case AF_IPv4, AF_IPv6 -> true;
      case AF_UNSPEC, AF_UNIX -> false;
    };
  }
}
