package dev.starling.server.ring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeId;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimMessage;
import dev.starling.server.ring.carrier.Carrier;
import dev.starling.server.ring.carrier.CarrierService;
import dev.starling.server.ring.seal.DropCounts;
import dev.starling.server.ring.seal.KeyRing;
import dev.starling.server.ring.seal.SealKey;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PeerStreamsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final KeyRing KEYS =
      new KeyRing(List.of(SealKey.of("k", "k".repeat(32).getBytes(StandardCharsets.US_ASCII))));

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private final RingSockets sockets = RingSockets.of(loops);
  private final Pki pki = Pki.named("authority");

  PeerStreamsTest() throws Exception {}

  @AfterEach
  void end() {
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Notes who sent something, and knows one node by name. */
  private record Sink(@Nullable String known, List<String> senders, List<Endpoint> refusals)
      implements PacketSink {
    Sink(@Nullable String known) {
      this(known, new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    }

    @Override
    public void received(Endpoint source, Channel channel, Packet packet) {
      senders.add(packet.from().name());
    }

    @Override
    public void broken(Endpoint streams) {}

    @Override
    public void broken(NodeId peer) {}

    @Override
    public void refused(Endpoint streams) {
      refusals.add(streams);
    }

    @Override
    public @Nullable String nameAt(Endpoint streams) {
      return known;
    }
  }

  private Endpoint serve(String name, Sink sink) throws Exception {
    Endpoint at = new Endpoint("127.0.0.1", TestNodes.freePort());
    RingTls tls = new RingTls(Pki.credentials(pki.issue(name), pki));
    RingService service = new RingService(sink, new DropCounts(), new Seldom(System::nanoTime));
    PeerChannels channels = new PeerChannels(sockets, tls.client(), () -> KEYS);
    Carrier carrier = new Carrier(loops, channels, new NodeId(name, 1), System::nanoTime);
    CarrierService unused = new CarrierService(carrier, loops, connection -> Set.of());
    RingServer.open(loops, loop, sockets, tls.server(), at, service, unused, () -> KEYS);
    return at;
  }

  private PeerStreams client(String name, Sink sink) throws Exception {
    RingTls tls = new RingTls(Pki.credentials(pki.issue(name), pki));
    PeerChannels channels = new PeerChannels(sockets, tls.client(), () -> KEYS);
    return new PeerStreams(loops, loop, channels, sink, System::nanoTime);
  }

  private static Packet from(String name) {
    return new Packet("group", new NodeId(name, 1), new SwimMessage.News(), List.of());
  }

  @Test
  void nothingIsSentToAServerWhoseCertificateIsForAnotherNode() throws Exception {
    Sink received = new Sink(null);
    Endpoint server = serve("a", received);
    PeerStreams wrong = client("b", new Sink("c"));
    PeerStream stream = loop.submit(() -> wrong.open(server)).get();
    loop.execute(() -> wrong.send(server, from("b")));
    await().atMost(PATIENCE).until(() -> loop.submit(() -> wrong.open(server)).get() != stream);
    PeerStreams right = client("d", new Sink("a"));
    loop.execute(() -> right.send(server, from("d")));
    await().atMost(PATIENCE).until(() -> !received.senders().isEmpty());
    assertEquals(List.of("d"), received.senders());
  }

  /** A server with a good certificate that ends every call so, and counts connections. */
  private Endpoint refuse(Status with, AtomicInteger connections) throws Exception {
    Endpoint at = new Endpoint("127.0.0.1", TestNodes.freePort());
    RingTls tls = new RingTls(Pki.credentials(pki.issue("a"), pki));
    ServerServiceDefinition refusing =
        ServerServiceDefinition.builder(RingMethod.DESCRIPTOR)
            .addMethod(
                RingMethod.EXCHANGE,
                (call, headers) -> {
                  call.close(with, new Metadata());
                  return new ServerCall.Listener<>() {};
                })
            .build();
    NettyServerBuilder.forAddress(new InetSocketAddress(at.host(), at.port()))
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .channelType(sockets.server())
        .executor(loop)
        .sslContext(tls.server())
        .addTransportFilter(
            new ServerTransportFilter() {
              @Override
              public Attributes transportReady(Attributes attributes) {
                connections.incrementAndGet();
                return attributes;
              }
            })
        .addService(refusing)
        .build()
        .start();
    return at;
  }

  /** Opens a stream to a server that ends every call so, and waits for its first connections. */
  private AtomicInteger connectionsToWhoEnds(Status.Code code, int first) throws Exception {
    AtomicInteger connections = new AtomicInteger();
    Endpoint server = refuse(code.toStatus(), connections);
    PeerStreams client = client("b", new Sink("a"));
    loop.execute(() -> client.open(server));
    await().atMost(PATIENCE).until(() -> connections.get() >= first);
    return connections;
  }

  /** So many connections of others are made one after another meanwhile. */
  private void whileOthersConnect(int others) throws Exception {
    AtomicInteger connections = new AtomicInteger();
    Endpoint elsewhere = refuse(Status.PERMISSION_DENIED, connections);
    for (int i = 1; i <= others; i++) {
      PeerStreams one = client("other", new Sink("a"));
      loop.execute(() -> one.open(elsewhere));
      int wanted = i;
      await().atMost(PATIENCE).until(() -> connections.get() >= wanted);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNIMPLEMENTED", "PERMISSION_DENIED", "UNAUTHENTICATED"})
  void whoTakesNoStreamsIsNotCalledAgainAndAgain(Status.Code code) throws Exception {
    AtomicInteger connections = connectionsToWhoEnds(code, 1);
    whileOthersConnect(20);
    assertEquals(1, connections.get());
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "INTERNAL", "RESOURCE_EXHAUSTED"})
  void whoEndsEveryStreamIsCalledLessAndLessOften(Status.Code code) throws Exception {
    AtomicInteger connections = connectionsToWhoEnds(code, 2);
    whileOthersConnect(40);
    assertTrue(connections.get() < 10, connections::toString);
  }

  private static void pump(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(() -> {
          try (from;
              to) {
            from.getInputStream().transferTo(to.getOutputStream());
          } catch (IOException ended) {
            // The test has closed one of them.
          }
        });
  }

  /** As of a process that is killed, whose listener may be closed last. */
  @Test
  void whoseListenerOutlivesItsConnectionsForAMomentIsFoundGone() throws Exception {
    Sink received = new Sink(null);
    Endpoint server = serve("a", received);
    Sink sink = new Sink("a");
    PeerStreams client = client("b", sink);
    Endpoint at;
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      at = new Endpoint("127.0.0.1", listener.getLocalPort());
      loop.execute(() -> client.send(at, from("b")));
      Socket near = listener.accept();
      Socket far = new Socket(server.host(), server.port());
      pump(near, far);
      pump(far, near);
      await().atMost(PATIENCE).until(() -> !received.senders().isEmpty());
      near.close();
      listener.accept().close();
    }
    await().atMost(PATIENCE).until(() -> sink.refusals().equals(List.of(at)));
  }

  @Test
  void seedIsCalledThoughItsNameIsNotKnownYet() throws Exception {
    Sink received = new Sink(null);
    Endpoint server = serve("a", received);
    PeerStreams client = client("b", new Sink(null));
    loop.execute(() -> client.send(server, from("b")));
    await().atMost(PATIENCE).until(() -> received.senders().equals(List.of("b")));
  }
}
