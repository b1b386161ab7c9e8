package dev.starling.server.edge;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** The proxies that may say where a client comes from, and how they do. Thread-safe. */
final class Proxies {
  private final List<IpSubnetFilterRule> ranges;
  private final EdgeConfig.ClientAddress told;

  /** How a peer says whom it connects for. */
  enum Telling {
    NOTHING,
    BY_PROTOCOL,
    BY_HEADER
  }

  /**
   * @param ranges addresses with the length of their prefix, such as 10.0.0.0/8
   */
  Proxies(List<String> ranges, EdgeConfig.ClientAddress told) {
    this.ranges =
        ranges.stream()
            .map(range -> {
              String[] parts = range.split("/", 2);
              return new IpSubnetFilterRule(
                  parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
            })
            .toList();
    this.told = told;
  }

  /** What to expect from a peer: nothing from one that isn't declared. */
  Telling tellingOf(InetSocketAddress peer) {
    if (told == EdgeConfig.ClientAddress.NONE || !isDeclared(peer.getAddress())) {
      return Telling.NOTHING;
    }
    return told == EdgeConfig.ClientAddress.PROXY_PROTOCOL
        ? Telling.BY_PROTOCOL
        : Telling.BY_HEADER;
  }

  /**
   * The address that a request of a declared proxy names: the last one that isn't a proxy's itself,
   * since whatever stands before that could have been made up by the client.
   *
   * @return empty where the request names none
   * @throws IllegalArgumentException where it names something that is no address
   */
  Optional<InetAddress> clientOf(FullHttpRequest request) {
    List<InetAddress> chain =
        told == EdgeConfig.ClientAddress.FORWARDED
            ? ForwardedFor.standard(request.headers().getAll("forwarded"))
            : ForwardedFor.conventional(request.headers().getAll("x-forwarded-for"));
    for (InetAddress address : chain.reversed()) {
      if (!isDeclared(address)) {
        return Optional.of(address);
      }
    }
    return chain.stream().findFirst();
  }

  private boolean isDeclared(InetAddress address) {
    InetSocketAddress socket = new InetSocketAddress(address, 0);
    return ranges.stream().anyMatch(range -> range.matches(socket));
  }
}
