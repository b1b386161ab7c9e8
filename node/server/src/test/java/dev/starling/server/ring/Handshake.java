package dev.starling.server.ring;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;

/** A connection between two sides, over this machine's sockets. */
record Handshake(Certificate server, Certificate client) {
  /** A session would be resumed with who was at the same address before. */
  private static final int SAME_PORT = 7500;

  /**
   * Connects, and says who saw whom.
   *
   * @throws CompletionException where one side refused the other
   */
  static Handshake between(RingTls server, RingTls client) {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    CompletableFuture<Certificate> seenByServer = soon();
    CompletableFuture<Certificate> seenByClient = soon();
    try {
      Channel listening =
          new ServerBootstrap()
              .group(loops)
              .channel(NioServerSocketChannel.class)
              .childHandler(
                  new Side(channel -> server.server().newHandler(channel.alloc()), seenByServer))
              .bind("127.0.0.1", 0)
              .syncUninterruptibly()
              .channel();
      int port = ((InetSocketAddress) listening.localAddress()).getPort();
      new Bootstrap()
          .group(loops)
          .channel(NioSocketChannel.class)
          .handler(new Side(channel -> calling(client, channel), seenByClient))
          .connect("127.0.0.1", port)
          .syncUninterruptibly();
      return new Handshake(seenByClient.join(), seenByServer.join());
    } finally {
      loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private static CompletableFuture<Certificate> soon() {
    return new CompletableFuture<Certificate>().orTimeout(1, TimeUnit.MINUTES);
  }

  /** With the check of the server's name, as gRPC asks for it. */
  private static SslHandler calling(RingTls client, Channel channel) {
    SslHandler handler = client.client().newHandler(channel.alloc(), "127.0.0.1", SAME_PORT);
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  private interface Handlers {
    SslHandler of(Channel channel);
  }

  private static final class Side extends ChannelInitializer<Channel> {
    private final Handlers handlers;
    private final CompletableFuture<Certificate> peer;

    Side(Handlers handlers, CompletableFuture<Certificate> peer) {
      this.handlers = handlers;
      this.peer = peer;
    }

    @Override
    protected void initChannel(Channel channel) {
      SslHandler handler = handlers.of(channel);
      channel.pipeline().addLast(handler);
      handler
          .handshakeFuture()
          .addListener(done -> {
            if (done.isSuccess()) {
              greet(channel, handler.engine().getSession().getPeerCertificates()[0]);
            } else {
              peer.completeExceptionally(done.cause());
            }
          });
    }

    /** What lets a client resume a session comes after the handshake, before the first byte. */
    private void greet(Channel channel, Certificate certificate) {
      channel
          .pipeline()
          .addLast(
              new SimpleChannelInboundHandler<ByteBuf>() {
                @Override
                protected void channelRead0(ChannelHandlerContext context, ByteBuf greeting) {
                  peer.complete(certificate);
                }

                @Override
                public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                  peer.completeExceptionally(cause);
                }

                @Override
                public void channelInactive(ChannelHandlerContext context) {
                  peer.completeExceptionally(new IOException("closed"));
                }
              });
      channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1}));
    }
  }
}
