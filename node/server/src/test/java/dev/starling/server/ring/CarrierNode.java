package dev.starling.server.ring;

import dev.starling.crdt.Bytes;
import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Packet;
import dev.starling.server.host.FrameClass;
import dev.starling.server.host.PeerFrame;
import dev.starling.server.host.PeerLink;
import dev.starling.server.host.PeerUser;
import dev.starling.server.ring.carrier.Carrier;
import dev.starling.server.ring.carrier.CarrierConfig;
import dev.starling.server.ring.carrier.CarrierService;
import dev.starling.server.ring.seal.DropCounts;
import dev.starling.server.ring.seal.KeyRing;
import dev.starling.server.ring.seal.SealKey;
import io.grpc.Grpc;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A node that has streams and no ring: tests say who lives. */
public final class CarrierNode implements PeerUser, AutoCloseable {
  static final KeyRing KEYS =
      new KeyRing(List.of(SealKey.of("k", "k".repeat(32).getBytes(StandardCharsets.US_ASCII))));

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final NodeId id;
  private final Endpoint at;
  private final Carrier carrier;
  private final RingServer server;

  final List<String> events = new CopyOnWriteArrayList<>();
  final Queue<PeerFrame> received = new ConcurrentLinkedQueue<>();
  final Queue<Runnable> untaken = new ConcurrentLinkedQueue<>();
  volatile boolean takes = true;
  volatile @Nullable PeerLink link;

  /** A node with a certificate of its own for its name. */
  public static CarrierNode of(String name, Pki pki) throws Exception {
    return new CarrierNode(new NodeId(name, 1), Pki.credentials(pki.issue(name), pki));
  }

  CarrierNode(NodeId id, Credentials credentials) throws IOException {
    this.id = id;
    this.at = new Endpoint("127.0.0.1", TestNodes.freePort());
    RingTls tls = new RingTls(credentials);
    RingSockets sockets = RingSockets.of(loops);
    PeerChannels channels = new PeerChannels(sockets, tls.client(), () -> KEYS);
    carrier = new Carrier(loops, channels, id, System::nanoTime);
    CarrierService service =
        new CarrierService(
            carrier,
            loops,
            connection -> {
              SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
              return RingTls.names(Objects.requireNonNull(session));
            });
    server =
        RingServer.open(
            loops,
            loops.next(),
            sockets,
            tls.server(),
            at,
            new RingService(new NoSink(), new DropCounts(), new Seldom(System::nanoTime)),
            service,
            () -> KEYS);
  }

  /** Begins, with itself as the user of everything. */
  CarrierNode serving(CarrierConfig config) {
    Map<FrameClass, PeerUser> users = new EnumMap<>(FrameClass.class);
    for (FrameClass kind : FrameClass.values()) {
      users.put(kind, this);
    }
    carrier.serve(config, users);
    return this;
  }

  /** Begins, with a user of relay frames. */
  public void serve(CarrierConfig config, PeerUser relay) {
    Map<FrameClass, PeerUser> users = new EnumMap<>(FrameClass.class);
    users.put(FrameClass.RELAY, relay);
    carrier.serve(config, users);
  }

  /** The loops, for whoever uses the streams. */
  public EventLoopGroup loops() {
    return loops;
  }

  public Carrier carrier() {
    return carrier;
  }

  public int port() {
    return at.port();
  }

  public NodeId id() {
    return id;
  }

  /** A fact about a life of a node that is reached at a port. */
  public static Fact alive(NodeId node, int port) {
    NodeInfo info =
        TestNodes.config(
                node.name(),
                "west",
                SealKey.of("k", "k".repeat(32).getBytes(StandardCharsets.US_ASCII)),
                new RingConfig.Certificates(Path.of(""), Path.of(""), Path.of("")),
                port)
            .info();
    return Fact.alive(node, 0, info);
  }

  public void sees(Fact... others) {
    carrier.see(id, List.of(others));
  }

  boolean offer(FrameClass kind, String text) {
    PeerLink open = link;
    return open != null && open.offer(new PeerFrame(kind, Bytes.EMPTY, Bytes.utf8(text)));
  }

  List<String> texts(FrameClass kind) {
    return received.stream()
        .filter(frame -> frame.kind() == kind)
        .map(frame -> frame.head().text())
        .toList();
  }

  @Override
  public void up(PeerLink open) {
    link = open;
    events.add("up " + open.peer().name() + " " + open.peer().generation());
  }

  @Override
  public void down(PeerLink closed) {
    link = null;
    events.add("down " + closed.peer().name());
  }

  @Override
  public void received(PeerLink from, List<PeerFrame> frames, Runnable taken) {
    received.addAll(frames);
    if (takes) {
      taken.run();
    } else {
      untaken.add(taken);
    }
  }

  @Override
  public void roomAgain(PeerLink open) {
    events.add("room again");
  }

  @Override
  public void gone(NodeId peer) {
    events.add("gone " + peer.name());
  }

  @Override
  public void close() {
    carrier.close();
    server.close();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static final class NoSink implements PacketSink {
    @Override
    public void received(Endpoint source, Channel channel, Packet packet) {}

    @Override
    public void broken(Endpoint streams) {}

    @Override
    public void broken(NodeId peer) {}

    @Override
    public void refused(Endpoint streams) {}

    @Override
    public @Nullable String nameAt(Endpoint streams) {
      return null;
    }
  }
}
