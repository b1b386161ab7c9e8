package dev.starling.server.edge;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may connect from a browser, by the {@code Origin} that it names (RFC 6455, section
 * 10.2). Immutable.
 */
final class Origins {
  private static final String ANY = "*";
  private static final String ANY_SUBDOMAIN = "*.";

  private final List<Origin> allowed;
  private final boolean any;
  private final boolean ownHost;
  private final boolean required;
  private final @Nullable String publicHost;

  /** An origin in its parts; {@code host} may begin with a wildcard. */
  private record Origin(String scheme, String host, int port) {
    /** What a setting allows, which may begin with a wildcard. */
    static @Nullable Origin pattern(String text) {
      Origin plain = of(text.replace("://" + ANY_SUBDOMAIN, "://"));
      return plain == null || !text.contains("://" + ANY_SUBDOMAIN)
          ? plain
          : new Origin(plain.scheme, ANY_SUBDOMAIN + plain.host, plain.port);
    }

    static @Nullable Origin of(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      if (lower.equals("null")) {
        return new Origin("null", "", 0);
      }
      try {
        URI uri = new URI(lower);
        return uri.getScheme() == null || uri.getHost() == null
            ? null
            : new Origin(uri.getScheme(), uri.getHost(), portOf(uri));
      } catch (URISyntaxException notAnOrigin) {
        return null;
      }
    }

    private static int portOf(URI uri) {
      if (uri.getPort() >= 0) {
        return uri.getPort();
      }
      return uri.getScheme().equals("https") ? 443 : 80;
    }

    boolean covers(Origin other) {
      boolean sameHost =
          host.startsWith(ANY_SUBDOMAIN)
              ? other.host.endsWith(host.substring(1))
              : host.equals(other.host);
      return sameHost && scheme.equals(other.scheme) && port == other.port;
    }
  }

  /**
   * @param config what is allowed
   */
  Origins(EdgeConfig.OriginRules config) {
    this.allowed = config.allowed().stream().map(Origin::pattern).filter(Objects::nonNull).toList();
    this.any = config.allowed().contains(ANY) || (config.allowed().isEmpty() && config.loopback());
    this.ownHost = config.allowed().isEmpty();
    this.required = config.required();
    this.publicHost = config.publicHost();
  }

  /** Whether a request may become a client's connection. */
  boolean admit(FullHttpRequest request) {
    List<String> named = request.headers().getAll(HttpHeaderNames.ORIGIN);
    if (named.isEmpty()) {
      return !required;
    }
    if (any) {
      return true;
    }
    Origin origin = named.size() == 1 ? Origin.of(named.getFirst()) : null;
    return origin != null
        && (allowed.stream().anyMatch(one -> one.covers(origin))
            || (ownHost && isOwn(origin, request)));
  }

  /** Whether a page comes from the host that it connects to, be it another port of it. */
  private boolean isOwn(Origin origin, FullHttpRequest request) {
    String host = request.headers().get(HttpHeaderNames.HOST);
    Origin own = host == null ? null : Origin.of("http://" + host);
    return origin.host.equals(publicHost) || (own != null && origin.host.equals(own.host));
  }
}
