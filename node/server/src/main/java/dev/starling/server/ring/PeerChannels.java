package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.server.ring.carrier.CarrierConfig;
import dev.starling.server.ring.carrier.Dialing;
import dev.starling.server.ring.seal.KeyRing;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections to peers.
 *
 * @param tls shows and trusts the certificates that are in force when a connection begins
 */
record PeerChannels(RingSockets sockets, SslContext tls, Supplier<KeyRing> keys)
    implements Dialing {
  private static final int CONNECT_MILLIS = 2_000;

  /** A peer that is silent for both together is cut off. */
  private static final int KEEP_ALIVE_SECONDS = 10;

  private static final int KEEP_ALIVE_ANSWER_SECONDS = 5;

  /** Fixed: to find out by itself gRPC would ping for nearly every message. */
  private static final int WINDOW_BYTES = 1024 * 1024;

  /** A batch may hold one of the largest frames and a round of small ones. */
  private static final int MOST_BATCH = CarrierConfig.MOST_FRAME + 128 * 1024;

  /**
   * For the ring's packets.
   *
   * @param loop told what happens
   */
  ManagedChannel forPackets(Endpoint to, EventLoopGroup loops, EventLoop loop) {
    return builder(to, loops, loop).maxInboundMessageSize(RingServer.MOST_MESSAGE).build();
  }

  @Override
  public ClientInterceptor[] checks(@Nullable String node) {
    return new ClientInterceptor[] {
      MetadataUtils.newAttachHeadersInterceptor(KeyIds.headers(keys.get())), new NameCheck(node)
    };
  }

  @Override
  public ManagedChannel channel(Endpoint to, EventLoop loop) {
    return builder(to, loop, loop)
        .maxInboundMessageSize(MOST_BATCH)
        .flowControlWindow(WINDOW_BYTES)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_ANSWER_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  private NettyChannelBuilder builder(Endpoint to, EventLoopGroup loops, EventLoop loop) {
    return NettyChannelBuilder.forAddress(to.host(), to.port())
        .eventLoopGroup(loops)
        .channelType(sockets.client())
        .executor(loop)
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .sslContext(tls)
        .proxyDetector(target -> null)
        .disableRetry()
        .disableServiceConfigLookUp();
  }
}
