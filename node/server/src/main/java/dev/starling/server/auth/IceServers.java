package dev.starling.server.auth;

import dev.starling.core.protocol.IceServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The STUN and TURN servers that a client is told of. Thread-safe. */
public final class IceServers {
  private final List<String> stunUrls;
  private final @Nullable TurnCredentials turn;

  /**
   * @param stunUrls perhaps none
   * @param turn null where there are no TURN servers
   */
  public IceServers(List<String> stunUrls, @Nullable TurnCredentials turn) {
    this.stunUrls = List.copyOf(stunUrls);
    this.turn = turn;
  }

  /** The servers for a user, with credentials of its own. */
  public List<IceServer> serversFor(String user) {
    List<IceServer> servers = new ArrayList<>();
    if (!stunUrls.isEmpty()) {
      servers.add(new IceServer(stunUrls, null, null));
    }
    if (turn != null) {
      servers.add(turn.serverFor(user));
    }
    return List.copyOf(servers);
  }
}
