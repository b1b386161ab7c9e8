package dev.starling.core.session;

import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.protocol.ServerMessage.Welcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what a client is told first. */
final class Greeting {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Greeting() {}

  static Welcome of(
      SessionIdentity identity,
      SessionConfig config,
      Grant grant,
      String resumeToken,
      boolean resumed,
      @Nullable ResumeRefusal reason,
      List<String> rooms,
      List<IceServer> iceServers) {
    return new Welcome(
        identity.session(),
        resumeToken,
        resumed,
        reason,
        grant.user(),
        identity.host().node(),
        identity.region(),
        identity.urls(),
        rooms,
        Math.toIntExact(config.heartbeatNanos() / NANOS_PER_MILLI),
        Math.toIntExact(config.confirmNanos() / NANOS_PER_MILLI),
        iceServers,
        config.limits());
  }
}
