package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.swim.SwimInput.Forget;
import dev.starling.membership.swim.SwimInput.Leave;
import dev.starling.membership.swim.SwimInput.Seek;
import dev.starling.server.ring.seal.DropCounts;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

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

  private RingHost(
      EventLoop loop,
      RingDriver driver,
      Datagrams datagrams,
      PeerStreams streams,
      RingServer server,
      CertificateWatch certificates,
      KeyWatch keys,
      DropCounts drops) {
    this.loop = loop;
    this.driver = driver;
    this.datagrams = datagrams;
    this.streams = streams;
    this.server = server;
    this.certificates = certificates;
    this.keys = keys;
    this.drops = drops;
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
          loop -> new RingDriver(config, loop, nanos, changed, fenced),
          nanos);
    } catch (IOException | RuntimeException failed) {
      certificates.close();
      throw failed;
    }
  }

  private static RingHost start(
      RingConfig config,
      EventLoopGroup loops,
      CertificateWatch certificates,
      Function<EventLoop, RingDriver> drivers,
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
      Function<EventLoop, RingDriver> drivers,
      LongSupplier nanos)
      throws IOException {
    EventLoop loop = loops.next();
    RingTls tls = certificates.tls();
    RingSockets sockets = RingSockets.of(loops);
    DropCounts drops = new DropCounts();
    RingDriver driver = drivers.apply(loop);
    Datagrams datagrams = new Datagrams(keys::keys, drops, driver, new Seldom(nanos));
    PeerStreams streams =
        new PeerStreams(loops, loop, sockets, tls.client(), keys::keys, driver, nanos);
    driver.connect(datagrams, streams);
    datagrams.open(loop, sockets, config.info().datagrams());
    RingService service = new RingService(driver, drops, new Seldom(nanos));
    RingServer server;
    try {
      server =
          RingServer.open(
              loops, loop, sockets, tls.server(), config.info().streams(), service, keys::keys);
    } catch (IOException taken) {
      datagrams.close();
      throw taken;
    }
    return new RingHost(loop, driver, datagrams, streams, server, certificates, keys, drops);
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

  /** What this node knows of the ring now. */
  public RingView view() {
    return driver.view();
  }

  /** What is to be done about this node's certificate, each in a few words; none where it lasts. */
  public List<String> certificateComplaints() {
    return certificates.complaints();
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
