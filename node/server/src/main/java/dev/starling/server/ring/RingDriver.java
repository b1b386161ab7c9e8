package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import dev.starling.membership.region.RegionConfig;
import dev.starling.membership.region.TwoTierCore;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimInput.ConnectionBroken;
import dev.starling.membership.swim.SwimInput.ConnectionRefused;
import dev.starling.membership.swim.SwimInput.Received;
import dev.starling.membership.swim.SwimInput.Wake;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.membership.swim.SwimOutput.Departed;
import dev.starling.membership.swim.SwimOutput.EdgeDegraded;
import dev.starling.membership.swim.SwimOutput.EdgeRestored;
import dev.starling.membership.swim.SwimOutput.Fenced;
import dev.starling.membership.swim.SwimOutput.Joined;
import dev.starling.membership.swim.SwimOutput.ProbeFailed;
import dev.starling.membership.swim.SwimOutput.RegionChanged;
import dev.starling.membership.swim.SwimOutput.Rejected;
import dev.starling.membership.swim.SwimOutput.Renamed;
import dev.starling.membership.swim.SwimOutput.Resynced;
import dev.starling.membership.swim.SwimOutput.Send;
import dev.starling.membership.swim.SwimOutput.Stalled;
import dev.starling.membership.swim.SwimOutput.Unreached;
import dev.starling.membership.swim.SwimOutput.WakeAt;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the core on its loop: inputs in order, one step at a time, outputs where they say. */
final class RingDriver implements PacketSink {
  private static final Logger log = LoggerFactory.getLogger(RingDriver.class);

  private final EventLoop loop;
  private final LongSupplier nanos;
  private Consumer<RingView> onView;
  private final Runnable onFenced;
  private final String region;
  private final TwoTierCore core;
  private final Acquaintances acquaintances;
  private final CompletableFuture<Void> departed = new CompletableFuture<>();
  private @Nullable Datagrams datagrams;
  private @Nullable PeerStreams streams;
  private @Nullable Future<?> alarm;
  private boolean joined;
  private int seedAttempts;
  private boolean stalled;
  private boolean fenced;
  private boolean over;
  private boolean viewChanged;
  private volatile RingView view;

  RingDriver(
      RingConfig config,
      EventLoop loop,
      LongSupplier nanos,
      Consumer<? super RingView> onView,
      Runnable onFenced) {
    this.loop = loop;
    this.nanos = nanos;
    this.onView = onView::accept;
    this.onFenced = onFenced;
    this.region = config.info().region();
    this.core =
        new TwoTierCore(
            config.self(),
            config.info(),
            SwimConfig.region(),
            SwimConfig.wan(),
            RegionConfig.standard(),
            new SplittableRandom(new SecureRandom().nextLong()),
            nanos.getAsLong());
    this.acquaintances = new Acquaintances(core);
    this.view = currentView();
  }

  /** Gives it its sockets, before the first step. */
  void connect(Datagrams socket, PeerStreams peers) {
    datagrams = socket;
    streams = peers;
  }

  /** Any thread. */
  RingView view() {
    return view;
  }

  /** Completes when the goodbye was told, or there is none to tell. */
  CompletableFuture<Void> departed() {
    return departed;
  }

  /** Advances the core; on the loop, and never from within a step. */
  void step(SwimInput input) {
    if (over) {
      return;
    }
    core.step(input, nanos.getAsLong(), this::dispatch);
    if (viewChanged) {
      viewChanged = false;
      view = currentView();
      tellView();
    }
  }

  /** On the loop. */
  void tellView() {
    onView.accept(view);
  }

  /** Has each view told to somebody else as well, the present one at once; on the loop. */
  void watch(Consumer<? super RingView> other) {
    onView = onView.andThen(other);
    other.accept(view);
  }

  /** On the loop; nothing happens after the goodbye. */
  void describe(int loadPermille, boolean draining) {
    NodeInfo said = core.selfFact().info();
    if (said != null) {
      step(new SwimInput.Describe(said.withLoad(loadPermille).withDraining(draining)));
    }
  }

  /** By region, as far as this node bridges to it; on the loop. */
  SortedMap<String, Long> roundTripNanos() {
    return acquaintances.roundTripNanos();
  }

  void end() {
    over = true;
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  @Override
  public void received(Endpoint source, Channel channel, Packet packet) {
    step(new Received(source, channel, packet));
  }

  @Override
  public void broken(Endpoint endpoint) {
    acquaintances.livingAt(endpoint).ifPresent(this::broken);
  }

  @Override
  public void broken(NodeId peer) {
    step(new ConnectionBroken(peer));
  }

  @Override
  public void refused(Endpoint endpoint) {
    acquaintances.livingAt(endpoint).ifPresent(peer -> step(new ConnectionRefused(peer)));
  }

  @Override
  public @Nullable String nameAt(Endpoint endpoint) {
    return acquaintances.livingAt(endpoint).map(NodeId::name).orElse(null);
  }

  private void dispatch(SwimOutput output) {
    switch (output) {
      case Send send -> send(send);
      case WakeAt wake -> schedule(wake.nanos());
      case Changed change -> changed(change);
      case Joined first -> joined();
      case Unreached unreached -> unreached(unreached.attempts());
      case Renamed renamed -> {
        log.info("this node is {}: its name was known from a later start", renamed.self());
        viewChanged = true;
      }
      case Fenced other -> fenced(other);
      case Stalled stall -> stalled(stall.nanos());
      case Resynced again -> {
        stalled = false;
        viewChanged = true;
      }
      case ProbeFailed failed -> log.debug("{} answers on no way", failed.peer());
      case EdgeDegraded edge ->
          log.warn("{} is reached by way of {} only", edge.peer().name(), name(edge.via()));
      case EdgeRestored edge -> log.info("{} is reached directly again", edge.peer().name());
      case RegionChanged change -> {
        log.warn("the region {} is {}", change.region(), change.reachable() ? "back" : "cut off");
        viewChanged = true;
      }
      case Departed gone -> departed.complete(null);
      case Rejected rejected -> log.trace("refused: {}", rejected.reason());
    }
  }

  private void send(Send send) {
    switch (send.channel()) {
      case DATAGRAM -> {
        if (datagrams != null) {
          datagrams.send(send.to(), send.packet());
        }
      }
      case STREAM -> {
        if (streams != null) {
          streams.send(send.to(), send.packet());
        }
      }
    }
  }

  private void schedule(long wakeNanos) {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
    if (wakeNanos != Long.MAX_VALUE) {
      long delay = Math.max(0, wakeNanos - nanos.getAsLong());
      alarm = loop.schedule(() -> step(new Wake()), delay, TimeUnit.NANOSECONDS);
    }
  }

  private void changed(Changed change) {
    viewChanged = true;
    Fact after = change.after();
    Fact before = change.before();
    boolean isNews = before == null || before.status() != after.status();
    if (isNews && !after.node().equals(core.self())) {
      log.debug("{} is {}", after.node(), after.status());
    }
    NodeInfo info = after.info();
    if (streams == null || info == null || after.node().name().equals(core.self().name())) {
      return;
    }
    if (after.status() == Status.ALIVE && info.region().equals(region)) {
      streams.open(info.streams());
    } else if (!after.status().isLive()) {
      streams.close(info.streams());
    }
  }

  private void joined() {
    joined = true;
    seedAttempts = 0;
    viewChanged = true;
    log.info("this node has joined the ring of {}", region);
  }

  private void unreached(int attempts) {
    if (attempts == 1) {
      log.warn("no seed answers yet; they are tried again until one does");
    }
    seedAttempts = attempts;
    viewChanged = true;
  }

  private void fenced(Fenced other) {
    fenced = true;
    viewChanged = true;
    log.error(
        "another node lives under the name {}; give each node a node.name of its own",
        other.newer().name());
    // Whoever is fenced has nobody to say goodbye to: the name lives on.
    departed.complete(null);
    onFenced.run();
  }

  private void stalled(long forNanos) {
    stalled = true;
    viewChanged = true;
    log.warn("this node stood still for {} ms", TimeUnit.NANOSECONDS.toMillis(forNanos));
  }

  private static String name(@Nullable NodeId via) {
    return via == null ? "others" : via.name();
  }

  private RingView currentView() {
    return new RingView(
        core.self(),
        core.facts(),
        joined,
        seedAttempts,
        core.unreachableRegions(),
        stalled,
        fenced);
  }
}
