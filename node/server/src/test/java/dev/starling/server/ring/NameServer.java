package dev.starling.server.ring;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsOpCode;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A name server on a free port of the loopback address that says what a test wants. */
public final class NameServer implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Channel channel;

  public NameServer() {
    channel =
        new Bootstrap()
            .group(loops)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new Answers());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** A host has these addresses from now on. */
  public NameServer host(String name, String... addresses) {
    return put(
        name,
        DnsRecordType.A,
        Arrays.stream(addresses).map(one -> InetAddress.ofLiteral(one).getAddress()).toList());
  }

  /** What a service record says. */
  public record Service(int priority, int port, String host) {
    private byte[] bytes() {
      ByteBuf out = Unpooled.buffer();
      out.writeShort(priority).writeShort(1).writeShort(port);
      for (String label : host.split("\\.", -1)) {
        out.writeByte(label.length());
        out.writeCharSequence(label, StandardCharsets.US_ASCII);
      }
      out.writeByte(0);
      return bytes(out);
    }

    private static byte[] bytes(ByteBuf written) {
      byte[] bytes = new byte[written.readableBytes()];
      written.readBytes(bytes);
      return bytes;
    }
  }

  /** A service has these records from now on. */
  public NameServer service(String name, Service... services) {
    return put(name, DnsRecordType.SRV, Arrays.stream(services).map(Service::bytes).toList());
  }

  /** A name has records of a type from now on. */
  public NameServer put(String name, DnsRecordType type, List<byte[]> contents) {
    records.put(type.name() + " " + name + ".", contents);
    return this;
  }

  /** Says nothing at all when it is asked for a name. */
  public NameServer silent(String name) {
    silent.add(name + ".");
    return this;
  }

  /** The names that it was asked for. */
  public Set<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      asked.add(question.name());
      if (silent.contains(question.name())) {
        return;
      }
      DatagramDnsResponse response =
          new DatagramDnsResponse(
              /* sender= */ query.recipient(),
              /* recipient= */ query.sender(),
              query.id(),
              DnsOpCode.QUERY);
      response.addRecord(
          DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), question.type()));
      List<byte[]> found =
          records.getOrDefault(question.type().name() + " " + question.name(), List.of());
      if (found.isEmpty()) {
        response.setCode(DnsResponseCode.NXDOMAIN);
      }
      for (byte[] content : found) {
        response.addRecord(
            DnsSection.ANSWER,
            new DefaultDnsRawRecord(
                question.name(), question.type(), 0, Unpooled.wrappedBuffer(content)));
      }
      context.writeAndFlush(response);
    }
  }
}
