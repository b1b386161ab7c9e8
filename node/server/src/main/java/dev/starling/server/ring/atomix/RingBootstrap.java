package dev.starling.server.ring.atomix;

import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.RingHost;
import dev.starling.server.ring.RingView;
import io.atomix.cluster.BootstrapService;
import io.atomix.cluster.messaging.BroadcastService;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.cluster.messaging.UnicastService;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Hands the protocol its transports: sealed datagrams and streams with mutual TLS. They carry the
 * ring's packets and nothing else, so that Atomix's services for messages refuse.
 *
 * @param loops the event loops; their owner ends them
 * @param nanos monotonic time
 * @param fenced told when another node lives under this one's name
 */
record RingBootstrap(RingConfig config, EventLoopGroup loops, LongSupplier nanos, Runnable fenced)
    implements BootstrapService {
  /**
   * Opens them.
   *
   * @param changed told each new view, on one of the loops
   * @throws IOException where a port, a key or a certificate can't be had; the message says which
   */
  RingHost open(Consumer<? super RingView> changed) throws IOException {
    return RingHost.start(config, loops, nanos, changed, fenced);
  }

  @Override
  public MessagingService getMessagingService() {
    return new NoMessaging(RingProtocol.address(config.info().streams()));
  }

  @Override
  public UnicastService getUnicastService() {
    throw NoMessaging.refusal();
  }

  @Override
  public BroadcastService getBroadcastService() {
    throw NoMessaging.refusal();
  }
}
