package dev.starling.server.ring.atomix;

import dev.starling.membership.Endpoint;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.RingSockets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks name servers where seeds are: all addresses of a name, and of every host that a service
 * record names (RFC 2782). The machine's hosts file counts too. For a thread that may wait.
 */
final class SeedNames implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SeedNames.class);

  private static final int QUERY_MILLIS = 2_000;

  /** Several queries, of several name servers. */
  private static final int ANSWER_MILLIS = 10_000;

  private final DnsNameResolver resolver;

  /**
   * @param loops one of which serves its sockets
   * @param nameServers those of the machine where none are named
   */
  SeedNames(EventLoopGroup loops, List<InetSocketAddress> nameServers) {
    RingSockets sockets = RingSockets.of(loops);
    this.resolver =
        new DnsNameResolverBuilder(loops.next())
            .datagramChannelType(sockets.datagrams())
            .socketChannelType(sockets.client())
            .nameServerProvider(provider(nameServers))
            .queryTimeoutMillis(QUERY_MILLIS)
            .build();
  }

  private static DnsServerAddressStreamProvider provider(List<InetSocketAddress> nameServers) {
    return nameServers.isEmpty()
        ? DnsServerAddressStreamProviders.platformDefault()
        : name -> DnsServerAddresses.sequential(nameServers).stream();
  }

  /** Where a seed is; empty where nobody knows it, or nobody answered. */
  List<Endpoint> endpoints(RingConfig.Seed seed) throws InterruptedException {
    return switch (seed) {
      case RingConfig.Seed.Host host -> endpoints(host.host(), host.port());
      case RingConfig.Seed.Service service -> endpoints(service);
    };
  }

  private List<Endpoint> endpoints(String host, int port) throws InterruptedException {
    List<Endpoint> endpoints = new ArrayList<>();
    for (InetAddress address : answer(resolver.resolveAll(host), host)) {
      endpoints.add(new Endpoint(address.getHostAddress().split("%", 2)[0], port));
    }
    return endpoints;
  }

  private List<Endpoint> endpoints(RingConfig.Seed.Service service) throws InterruptedException {
    DefaultDnsQuestion question = new DefaultDnsQuestion(service.name(), DnsRecordType.SRV);
    List<Service> services = new ArrayList<>();
    for (DnsRecord record : answer(resolver.resolveAll(question), service.name())) {
      try {
        if (record instanceof DnsRawRecord raw && record.type().equals(DnsRecordType.SRV)) {
          services.add(Service.read(raw.content()));
        }
      } catch (DecoderException | IndexOutOfBoundsException malformed) {
        log.debug("a record of {} makes no sense", service.name());
      } finally {
        ReferenceCountUtil.release(record);
      }
    }
    services.sort(Comparator.comparingInt(Service::priority));
    List<Endpoint> endpoints = new ArrayList<>();
    for (Service one : services) {
      endpoints.addAll(endpoints(one.host(), one.port()));
    }
    return endpoints;
  }

  private static <T> List<T> answer(Future<List<T>> asked, String name)
      throws InterruptedException {
    if (asked.await(ANSWER_MILLIS, TimeUnit.MILLISECONDS) && asked.isSuccess()) {
      return asked.getNow();
    }
    log.debug("nothing is known of the seed {}", name, asked.cause());
    return List.of();
  }

  /** What a service record says; weights are for who picks one, and here all are taken. */
  private record Service(int priority, int port, String host) {
    static Service read(ByteBuf content) {
      int priority = content.readUnsignedShort();
      content.skipBytes(Short.BYTES);
      int port = content.readUnsignedShort();
      return new Service(priority, port, DefaultDnsRecordDecoder.decodeName(content));
    }
  }

  @Override
  public void close() {
    resolver.close();
  }
}
