package dev.starling.server.wiring;

import dev.starling.core.replication.PeerMessage;
import dev.starling.crdt.Bytes;
import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeId;
import dev.starling.proto.replication.PeerReader;
import dev.starling.server.host.FrameClass;
import dev.starling.server.host.PeerFrame;
import dev.starling.server.host.PeerLink;
import dev.starling.server.host.PeerUser;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.RingHost;
import dev.starling.server.ring.TestNodes;
import dev.starling.server.ring.carrier.CarrierConfig;
import dev.starling.server.ring.seal.SealKey;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A node of the ring that takes down whatever it is sent, and says nothing. */
final class Overhearing implements PeerUser, AutoCloseable {
  private static final SealKey KEY =
      SealKey.of("one", "k".repeat(32).getBytes(StandardCharsets.US_ASCII));

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final RingHost ring;
  private final Set<String> linked = ConcurrentHashMap.newKeySet();
  private final Queue<Bytes> frames = new ConcurrentLinkedQueue<>();

  private Overhearing(RingConfig config, int seed) throws IOException {
    ring = RingHost.start(config, loops, System::nanoTime, view -> {}, () -> {});
    Map<FrameClass, PeerUser> users = new EnumMap<>(FrameClass.class);
    for (FrameClass kind : FrameClass.values()) {
      users.put(kind, this);
    }
    ring.carrier().serve(new CarrierConfig(1 << 20, 1 << 20, 1 << 20), users);
    ring.seek(List.of(new Endpoint("127.0.0.1", seed)));
  }

  /** Takes part as an owner, with the keys of {@link RingSettings}. */
  static Overhearing start(
      String name, String region, RingConfig.Certificates certificates, int seed)
      throws IOException {
    int port = TestNodes.freePort();
    return new Overhearing(TestNodes.config(name, region, KEY, certificates, port, seed), seed);
  }

  /** The same at a given port, as if it were tomorrow. */
  static Overhearing ofTheFuture(
      String name, String region, RingConfig.Certificates certificates, int port, int seed)
      throws IOException {
    long tomorrow = Instant.now().plus(Duration.ofDays(1)).toEpochMilli() << 16;
    RingConfig now = TestNodes.config(name, region, KEY, certificates, port, seed);
    RingConfig then =
        new RingConfig(
            new NodeId(name, tomorrow),
            now.info(),
            now.seeds(),
            now.nameServers(),
            now.keys(),
            now.keyFile(),
            now.certificates(),
            now.seedMillis());
    return new Overhearing(then, seed);
  }

  /** Who has a stream to it. */
  Set<String> linked() {
    return linked;
  }

  /** Whether a text was in anything that it was sent. */
  boolean heard(String text) {
    return frames.stream().anyMatch(frame -> latin(frame).contains(text));
  }

  private static String latin(Bytes frame) {
    return new String(frame.toArray(), StandardCharsets.ISO_8859_1);
  }

  /** How often it was told what another owner has of a shard. */
  int comparisons() {
    return (int)
        frames.stream().filter(f -> PeerReader.peer(f) instanceof PeerMessage.ShardSum).count();
  }

  @Override
  public void up(PeerLink link) {
    linked.add(link.peer().name());
  }

  @Override
  public void down(PeerLink link) {}

  @Override
  public void received(PeerLink link, List<PeerFrame> batch, Runnable taken) {
    batch.forEach(frame -> frames.add(frame.head()));
    taken.run();
  }

  @Override
  public void roomAgain(PeerLink link) {}

  @Override
  public void gone(NodeId peer) {}

  @Override
  public void close() {
    ring.closeHard();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
