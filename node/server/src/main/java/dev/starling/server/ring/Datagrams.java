package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Packet;
import dev.starling.proto.ring.PacketReader;
import dev.starling.proto.ring.PacketWriter;
import dev.starling.server.ring.seal.Drop;
import dev.starling.server.ring.seal.DropCounts;
import dev.starling.server.ring.seal.KeyRing;
import dev.starling.server.ring.seal.Opener;
import dev.starling.server.ring.seal.Sealer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket for datagrams, on one loop; sends and receives there only. */
final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger log = LoggerFactory.getLogger(Datagrams.class);

  /** Longer than any datagram may be; what is longer still arrives cut, and is dropped as long. */
  private static final int RECEIVE_BYTES = 1_280;

  /** A burst of a thousand datagrams waits in the kernel while the loop is busy. */
  private static final int SOCKET_BYTES = 1024 * 1024;

  /** As many as members are remembered. */
  private static final int MOST_SENDERS = 16_384;

  private final Supplier<KeyRing> keys;
  private final DropCounts drops;
  private final PacketSink sink;
  private final Sealer sealer = new Sealer(new SecureRandom());
  private final Opener opener;
  private final Seldom complaints;
  private io.netty.channel.@Nullable Channel channel;
  private long sentBytes;

  Datagrams(Supplier<KeyRing> keys, DropCounts drops, PacketSink sink, Seldom complaints) {
    this.keys = keys;
    this.drops = drops;
    this.sink = sink;
    this.complaints = complaints;
    this.opener = new Opener(MOST_SENDERS, drops);
  }

  /**
   * Listens.
   *
   * @throws IOException where the port can't be had
   */
  void open(EventLoop loop, RingSockets sockets, Endpoint at) throws IOException {
    var bound =
        new Bootstrap()
            .group(loop)
            .channel(sockets.datagrams())
            .option(ChannelOption.SO_RCVBUF, SOCKET_BYTES)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
            .handler(this)
            .bind(at.host(), at.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cluster.host, cluster.port: can't listen on "
              + at
              + " for datagrams ("
              + bound.cause().getMessage()
              + ")",
          bound.cause());
    }
    channel = bound.channel();
  }

  /** Sends a packet, or drops it where the socket is full: datagrams may be lost. */
  void send(Endpoint to, Packet packet) {
    byte[] plain = PacketWriter.write(packet);
    if (channel == null || !channel.isWritable() || plain.length > Sealer.MOST_PACKET) {
      return;
    }
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.ofLiteral(to.host()), to.port());
      byte[] sealed = sealer.seal(keys.get(), plain);
      sentBytes += sealed.length;
      channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(sealed), address));
    } catch (IllegalArgumentException aName) {
      log.debug("{} is no address; nodes tell each other addresses", to.host());
    }
  }

  /** How many bytes were sent, without the headers of UDP and IP. */
  long sentBytes() {
    return sentBytes;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    long unknown = drops.of(Drop.UNKNOWN_KEY);
    ByteBuffer bytes = opener.open(keys.get(), datagram.content().nioBuffer());
    if (bytes == null) {
      if (drops.of(Drop.UNKNOWN_KEY) > unknown && complaints.mayComplain()) {
        log.warn(
            "{} seals its datagrams with a key that this node doesn't have; give all nodes the same"
                + " cluster.keys",
            datagram.sender());
      }
      return;
    }
    Packet packet = PacketReader.read(bytes);
    if (packet == null) {
      drops.count(Drop.MALFORMED);
      return;
    }
    sink.received(endpoint(datagram.sender()), Channel.DATAGRAM, packet);
  }

  static Endpoint endpoint(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    int scope = host.indexOf('%');
    return new Endpoint(scope < 0 ? host : host.substring(0, scope), address.getPort());
  }

  /** An ICMP error about an earlier datagram; that peer is silent, and the core will notice. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("datagram: {}", cause.toString());
  }

  void close() {
    if (channel != null) {
      channel.close();
    }
  }
}
