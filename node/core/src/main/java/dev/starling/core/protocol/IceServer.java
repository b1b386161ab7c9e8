package dev.starling.core.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server in the form of the browser's {@code RTCIceServer}.
 *
 * @param urls {@code stun:}, {@code turn:} or {@code turns:} URIs (RFC 7064, RFC 7065)
 * @param username for TURN only
 * @param credential for TURN only; a secret
 */
public record IceServer(List<String> urls, @Nullable String username, @Nullable String credential) {
  @Override
  public String toString() {
    return "IceServer" + urls;
  }
}
