package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.swim.SwimInput.Forget;
import dev.starling.membership.swim.SwimInput.Leave;
import dev.starling.membership.swim.SwimInput.Seek;
import dev.starling.server.ring.carrier.Carrier;
import dev.starling.server.ring.carrier.CarrierService;
import dev.starling.server.ring.seal.DropCounts;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSession;

/** This node's part in the ring, from {@link #start} to {@link #close}; thread-safe. */
public final class RingHost implements AutoCloseable {
  /** Longer than a goodbye needs: 20 ticks of gossip of 100 ms. */
  private static final int GOODBYE_MILLIS = 2_500;

  private final EventLoop loop;
  private final RingDriver driver;
  private final Datagrams datagrams;
  private final PeerStreams streams;
  private final RingServer server;
  private final CertificateWatch certificates;
  private final KeyWatch keys;
  private final DropCounts drops;
  private final Carrier carrier;

  private RingHost(
      EventLoop loop,
      RingDriver driver,
      Datagrams datagrams,
      PeerStreams streams,
      RingServer server,
      CertificateWatch certificates,
      KeyWatch keys,
      DropCounts drops,
      Carrier carrier) {
    this.loop = loop;
    this.driver = driver;
    this.datagrams = datagrams;
    this.streams = streams;
    this.server = server;
    this.certificates = certificates;
    this.keys = keys;
    this.drops = drops;
    this.carrier = carrier;
  }

  /**
   * Takes part from the first {@link #seek} on; whether others answer is seen in the {@link #view}.
   *
   * @param loops the event loops; their owner ends them. One of them runs the core
   * @param nanos monotonic time
   * @param changed told each new view, on that loop
   * @param fenced told when another node lives under this one's name, on that loop
   * @throws IOException where a port, a key or a certificate can't be had; the message says which
   */
  public static RingHost start(
      RingConfig config,
      EventLoopGroup loops,
      LongSupplier nanos,
      Consumer<? super RingView> changed,
      Runnable fenced)
      throws IOException {
    CertificateWatch certificates =
        new CertificateWatch(config.certificates(), InstantSource.system());
    try {
      return start(
          config,
          loops,
          certificates,
          (loop, carrier) -> driver(config, loop, nanos, carrier, changed, fenced),
          nanos);
    } catch (IOException | RuntimeException failed) {
      certificates.close();
      throw failed;
    }
  }

  private static RingDriver driver(
      RingConfig config,
      EventLoop loop,
      LongSupplier nanos,
      Carrier carrier,
      Consumer<? super RingView> changed,
      Runnable fenced) {
    Consumer<RingView> both =
        view -> {
          carrier.see(view.self(), view.members());
          changed.accept(view);
        };
    return new RingDriver(config, loop, nanos, both, fenced);
  }

  private static RingHost start(
      RingConfig config,
      EventLoopGroup loops,
      CertificateWatch certificates,
      BiFunction<EventLoop, Carrier, RingDriver> drivers,
      LongSupplier nanos)
      throws IOException {
    KeyWatch keys = new KeyWatch(config);
    try {
      return start(config, loops, certificates, keys, drivers, nanos);
    } catch (IOException | RuntimeException failed) {
      keys.close();
      throw failed;
    }
  }

  private static RingHost start(
      RingConfig config,
      EventLoopGroup loops,
      CertificateWatch certificates,
      KeyWatch keys,
      BiFunction<EventLoop, Carrier, RingDriver> drivers,
      LongSupplier nanos)
      throws IOException {
    EventLoop loop = loops.next();
    RingTls tls = certificates.tls();
    RingSockets sockets = RingSockets.of(loops);
    DropCounts drops = new DropCounts();
    PeerChannels channels = new PeerChannels(sockets, tls.client(), keys::keys);
    Carrier carrier = new Carrier(loops, channels, config.self(), nanos);
    RingDriver driver = drivers.apply(loop, carrier);
    Datagrams datagrams = new Datagrams(keys::keys, drops, driver, new Seldom(nanos));
    PeerStreams streams = new PeerStreams(loops, loop, channels, driver, nanos);
    driver.connect(datagrams, streams);
    datagrams.open(loop, sockets, config.info().datagrams());
    RingService service = new RingService(driver, drops, new Seldom(nanos));
    RingServer server;
    try {
      server =
          RingServer.open(
              loops,
              loop,
              sockets,
              tls.server(),
              config.info().streams(),
              service,
              new CarrierService(carrier, loops, RingHost::names),
              keys::keys);
    } catch (IOException taken) {
      datagrams.close();
      throw taken;
    }
    return new RingHost(
        loop, driver, datagrams, streams, server, certificates, keys, drops, carrier);
  }

  private static Set<String> names(Attributes connection) {
    SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    return session == null ? Set.of() : RingTls.names(session);
  }

  /** Tells the view as it is now, in order with those to come; completes when that was done. */
  public CompletableFuture<Void> tellView() {
    return CompletableFuture.runAsync(driver::tellView, loop);
  }

  /** Where other nodes may be found, from now on; where nobody may be, this one is the first. */
  public void seek(List<Endpoint> seeds) {
    loop.execute(() -> driver.step(new Seek(seeds)));
  }

  /**
   * A node that is dead or has left will not come back; nothing happens to one that lives.
   * Completes on the loop when the view shows it.
   */
  public CompletableFuture<Void> forget(String name) {
    return CompletableFuture.runAsync(() -> driver.step(new Forget(name)), loop);
  }

  /**
   * This node says of itself how busy it is, and whether it takes new sessions; one that drains
   * owns no shards and bridges no regions. All nodes are told, so not at each small change.
   *
   * @param loadPermille 0 to 1,000
   */
  public void describe(int loadPermille, boolean draining) {
    loop.execute(() -> driver.describe(loadPermille, draining));
  }

  /** How long a direct round trip to each region took last; completes on the loop. */
  public CompletableFuture<SortedMap<String, Long>> roundTripNanos() {
    return CompletableFuture.supplyAsync(driver::roundTripNanos, loop);
  }

  /**
   * Has each view told from now on, beginning with the present one, on the ring's loop; beside
   * whoever is told already.
   */
  public void watch(Consumer<? super RingView> watcher) {
    loop.execute(() -> driver.watch(watcher));
  }

  /** What this node knows of the ring now. */
  public RingView view() {
    return driver.view();
  }

  /** What is to be done about this node's certificate, each in a few words; none where it lasts. */
  public List<String> certificateComplaints() {
    return certificates.complaints();
  }

  /** The streams that carry everything but the ring's own packets. */
  public Carrier carrier() {
    return carrier;
  }

  /** What was dropped. */
  public DropCounts drops() {
    return drops;
  }

  /** How many connections of streams were closed because there were too many at a time. */
  public long refusedConnections() {
    return server.refusedConnections();
  }

  /** Says goodbye and ends, within {@value #GOODBYE_MILLIS} ms. */
  @Override
  public void close() {
    CompletableFuture<Void> gone = driver.departed();
    loop.execute(() -> driver.step(new Leave()));
    gone.completeOnTimeout(null, GOODBYE_MILLIS, TimeUnit.MILLISECONDS).join();
    closeHard();
  }

  /** Ends as a process does that is killed: the sockets close, and nobody is told. */
  public void closeHard() {
    certificates.close();
    keys.close();
    carrier.close();
    server.close();
    loop.submit(
            () -> {
              driver.end();
              streams.close();
              datagrams.close();
            })
        .syncUninterruptibly();
  }
}
