package dev.starling.server.host;

import dev.starling.core.protocol.IceServer;
import java.util.List;

/**
 * Says which STUN and TURN servers a user may use, with fresh credentials. Called on event loops:
 * it must not block.
 */
@FunctionalInterface
public interface IceServers {
  /** The servers for a user, in the order of preference. */
  List<IceServer> of(String user);
}
