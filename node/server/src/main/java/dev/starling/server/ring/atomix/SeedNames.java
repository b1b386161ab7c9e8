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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks name servers where seeds are: all addresses of a name, and of every host that a service
 * record names (RFC 2782). The machine's hosts file counts too. Thread-safe, and waits for nobody.
 */
final class SeedNames implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SeedNames.class);

  private static final int QUERY_MILLIS = 2_000;

  /** Several queries; a host that takes longer holds up the others of its service no more. */
  private static final int HOST_MILLIS = 5_000;

  /** More of a service's hosts are of no use: three are called at a time. */
  private static final int MOST_HOSTS = 64;

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

  /** Completes on any thread with where a seed is; empty where nobody knows it, or answered. */
  CompletableFuture<List<Endpoint>> endpoints(RingConfig.Seed seed) {
    return switch (seed) {
      case RingConfig.Seed.Host host -> endpoints(host.host(), host.port());
      case RingConfig.Seed.Service service -> endpoints(service);
    };
  }

  private CompletableFuture<List<Endpoint>> endpoints(String host, int port) {
    return answer(resolver.resolveAll(host), host)
        .thenApply(addresses -> addresses.stream().map(found -> endpoint(found, port)).toList());
  }

  private static Endpoint endpoint(InetAddress address, int port) {
    return new Endpoint(address.getHostAddress().split("%", 2)[0], port);
  }

  private CompletableFuture<List<Endpoint>> endpoints(RingConfig.Seed.Service service) {
    DefaultDnsQuestion question = new DefaultDnsQuestion(service.name(), DnsRecordType.SRV);
    return answer(resolver.resolveAll(question), service.name())
        .thenApply(records -> services(records, service.name()))
        .thenCompose(this::hosts);
  }

  private static List<Service> services(List<DnsRecord> records, String name) {
    List<Service> services = new ArrayList<>();
    for (DnsRecord record : records) {
      try {
        if (record instanceof DnsRawRecord raw && record.type().equals(DnsRecordType.SRV)) {
          services.add(Service.read(raw.content()));
        }
      } catch (DecoderException | IndexOutOfBoundsException malformed) {
        log.debug("a record of {} makes no sense", name);
      } finally {
        ReferenceCountUtil.release(record);
      }
    }
    return services.stream()
        .sorted(Comparator.comparingInt(Service::priority))
        .limit(MOST_HOSTS)
        .toList();
  }

  /** All are asked for at a time, and told in the order of their services. */
  private CompletableFuture<List<Endpoint>> hosts(List<Service> services) {
    List<CompletableFuture<List<Endpoint>>> asked =
        services.stream()
            .map(one ->
                endpoints(one.host(), one.port())
                    .completeOnTimeout(List.of(), HOST_MILLIS, TimeUnit.MILLISECONDS))
            .toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> asked.stream().flatMap(one -> one.getNow(List.of()).stream()).toList());
  }

  private static <T> CompletableFuture<List<T>> answer(Future<List<T>> asked, String name) {
    CompletableFuture<List<T>> answer = new CompletableFuture<>();
    asked.addListener((Future<List<T>> done) -> {
      if (!done.isSuccess()) {
        log.debug("nothing is known of the seed {}", name, done.cause());
      }
      answer.complete(done.isSuccess() ? done.getNow() : List.of());
    });
    return answer;
  }

  /** What a service record says; weights are for who picks one, and here all are taken. */
  private record Service(int priority, int port, String host) {
    /** A service that isn't there has the root for its host (RFC 2782). */
    private static final String NOBODY = ".";

    static Service read(ByteBuf content) {
      int priority = content.readUnsignedShort();
      content.skipBytes(Short.BYTES);
      int port = content.readUnsignedShort();
      String host = DefaultDnsRecordDecoder.decodeName(content);
      if (port == 0 || host.equals(NOBODY)) {
        throw new DecoderException("nobody is there");
      }
      return new Service(priority, port, host);
    }
  }

  @Override
  public void close() {
    resolver.close();
  }
}
