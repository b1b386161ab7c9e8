package dev.starling.tools.load;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server, or several that form one.
 *
 * @param urls of its WebSockets; clients take them by turns
 * @param roomByPath whether a connection's path says which room it is in
 * @param wires make what it speaks; clients take them by turns
 * @param tokens makes a client's token, by the client's index; null where none is needed
 */
record Target(
    List<URI> urls, boolean roomByPath, List<Supplier<Wire>> wires, @Nullable LoadTokens tokens) {
  private static final String NATIVE = "/v1/ws";
  private static final Map<String, String> SCHEMES =
      Map.of("ws", "ws", "wss", "wss", "http", "ws", "https", "wss");

  URI url(Client client) {
    URI url = urls.get(client.index() % urls.size());
    return roomByPath ? url.resolve(FloorRelay.path(client.room())) : url;
  }

  boolean isSecure() {
    return urls.stream().anyMatch(url -> url.getScheme().equals("wss"));
  }

  /**
   * The WebSocket of a server, given by any of its URLs.
   *
   * @throws IllegalArgumentException when it is none
   */
  static URI webSocket(String text) {
    URI url = URI.create(text);
    String scheme = url.getScheme() == null ? null : SCHEMES.get(url.getScheme());
    if (scheme == null || url.getHost() == null) {
      throw new IllegalArgumentException("'" + text + "' is not a URL such as ws://127.0.0.1:7400");
    }
    String path = url.getPath().length() > 1 ? url.getPath() : NATIVE;
    int port = url.getPort() > 0 ? url.getPort() : scheme.equals("wss") ? 443 : 80;
    return URI.create(scheme + "://" + url.getHost() + ":" + port + path);
  }
}
