package dev.starling.server.auth;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;

/** What came of a client's token, or of its absence. */
public sealed interface TokenVerdict {

  /** The client may come in. */
  record Verified(Grant grant) implements TokenVerdict {}

  /**
   * The client may not come in.
   *
   * @param code {@link Code#UNAUTHENTICATED}; {@link Code#TOKEN_EXPIRED} where a fresh token of the
   *     same kind would do; {@link Code#REVOKED}; {@link Code#FORBIDDEN} where it is for something
   *     else; {@link Code#BUSY} or {@link Code#OVERLOADED} where it couldn't be checked now
   * @param message why, for the client's developer; holds nothing of the token
   */
  record Refused(Code code, String message) implements TokenVerdict {}
}
