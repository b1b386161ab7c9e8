package dev.starling.core.protocol;

/**
 * Every reason for which a client can be refused: a closed list, the same in every wire form. The
 * name is the contract; messages may be reworded.
 *
 * <p>Close codes below 4000 are those of RFC 6455, section 7.4.1 and the IANA registry; the others
 * are this server's own.
 */
public enum Code {
  /** A frame that is no message: not well-formed, too deep, or without a type. */
  MALFORMED(4400, Link.CLOSES, Retry.NEVER, "INVALID_ARGUMENT"),
  /** A text frame that is not UTF-8 (RFC 6455, section 8.1). */
  NOT_UTF8(1007, Link.CLOSES, Retry.NEVER, "INVALID_ARGUMENT"),
  /** A frame of a kind that the subprotocol does not use. */
  WRONG_FRAME(1003, Link.CLOSES, Retry.NEVER, "INVALID_ARGUMENT"),
  /** A field is missing, of the wrong type or out of range. */
  INVALID(4422, Link.STAYS, Retry.NEVER, "INVALID_ARGUMENT"),
  /** A frame or message above the size limit. */
  TOO_LARGE(1009, Link.CLOSES, Retry.NEVER, "RESOURCE_EXHAUSTED"),
  /** No token, or one that doesn't verify. */
  UNAUTHENTICATED(4401, Link.CLOSES, Retry.NEVER, "UNAUTHENTICATED"),
  /** The token ran out, before or during the connection: come back with a fresh one. */
  TOKEN_EXPIRED(4402, Link.CLOSES, Retry.LATER, "UNAUTHENTICATED"),
  /** The token was taken back, before or during the connection. */
  REVOKED(4407, Link.CLOSES, Retry.NEVER, "UNAUTHENTICATED"),
  /** The token doesn't allow this. */
  FORBIDDEN(4403, Link.STAYS, Retry.NEVER, "PERMISSION_DENIED"),
  /** No such member in the room. */
  NO_SUCH_MEMBER(4404, Link.STAYS, Retry.NEVER, "NOT_FOUND"),
  /** The first frame must be {@code hello}. */
  HELLO_REQUIRED(4405, Link.CLOSES, Retry.NEVER, "FAILED_PRECONDITION"),
  /**
   * A request that doesn't fit what came before: a second hello, an id that isn't above the last.
   */
  OUT_OF_ORDER(4406, Link.STAYS, Retry.NEVER, "FAILED_PRECONDITION"),
  /** No {@code hello} in time. */
  HELLO_TIMEOUT(4408, Link.CLOSES, Retry.LATER, "DEADLINE_EXCEEDED"),
  /** The session goes on over a newer connection: don't reconnect. */
  REPLACED(4409, Link.CLOSES, Retry.NEVER, "ABORTED"),
  /** Nothing heard for twice the heartbeat. */
  IDLE(4410, Link.CLOSES, Retry.LATER, "DEADLINE_EXCEEDED"),
  /** There is no such room. */
  NO_SUCH_ROOM(4411, Link.STAYS, Retry.NEVER, "NOT_FOUND"),
  /** The room is there already. */
  ROOM_EXISTS(4413, Link.STAYS, Retry.NEVER, "ALREADY_EXISTS"),
  /** The session isn't in that room. */
  NOT_IN_ROOM(4412, Link.STAYS, Retry.NEVER, "FAILED_PRECONDITION"),
  /** A message type that this server doesn't know. */
  UNSUPPORTED(4415, Link.STAYS, Retry.NEVER, "UNIMPLEMENTED"),
  /** The room holds as many members as it may. */
  ROOM_FULL(4423, Link.STAYS, Retry.LATER, "RESOURCE_EXHAUSTED"),
  /** The room's password is missing or wrong. */
  WRONG_PASSWORD(4425, Link.STAYS, Retry.NEVER, "PERMISSION_DENIED"),
  /** The room is locked. */
  LOCKED(4426, Link.STAYS, Retry.LATER, "PERMISSION_DENIED"),
  /** The user is banned from the room. */
  BANNED(4427, Link.STAYS, Retry.NEVER, "PERMISSION_DENIED"),
  /** A moderator turned the user away from the lobby, or closed the room. */
  DENIED(4428, Link.STAYS, Retry.NEVER, "PERMISSION_DENIED"),
  /** The session is in as many rooms as it may be. */
  TOO_MANY_ROOMS(4424, Link.STAYS, Retry.NEVER, "RESOURCE_EXHAUSTED"),
  /** Above the rate limit: this request was not taken; slow down and ask again under a new id. */
  RATE_LIMITED(4429, Link.STAYS, Retry.LATER, "RESOURCE_EXHAUSTED"),
  /** Far above a rate limit, or too many hellos from the address were refused. */
  FLOODING(4430, Link.CLOSES, Retry.LATER, "RESOURCE_EXHAUSTED"),
  /** The client doesn't take what it is sent. */
  SLOW_CONSUMER(4431, Link.CLOSES, Retry.LATER, "RESOURCE_EXHAUSTED"),
  /** Too much is under way for this request: ask again under a new id. */
  BUSY(4503, Link.STAYS, Retry.LATER, "UNAVAILABLE"),
  /**
   * The receiver was not reached, and the signal is withdrawn: send again under a new id. Or no
   * region that keeps the room can be.
   */
  UNREACHABLE(4504, Link.STAYS, Retry.LATER, "UNAVAILABLE"),
  /** Written to the receiver but not confirmed: send again under the same id. */
  INDETERMINATE(4505, Link.STAYS, Retry.SAME_ID, "UNKNOWN"),
  /** The node is going away: connect to another. */
  DRAINING(1012, Link.CLOSES, Retry.LATER, "UNAVAILABLE"),
  /**
   * The node, or the user, has as many sessions as it may, or the node holds too much, or it stood
   * still and isn't in step with the others yet.
   */
  OVERLOADED(1013, Link.CLOSES, Retry.LATER, "RESOURCE_EXHAUSTED"),
  /** A fault of the server's own. */
  INTERNAL(1011, Link.CLOSES, Retry.LATER, "INTERNAL");

  /** What becomes of the connection. */
  private enum Link {
    STAYS,
    CLOSES
  }

  /** What the client may do about it. */
  private enum Retry {
    NEVER,
    LATER,
    SAME_ID
  }

  private final int closeCode;
  private final Link link;
  private final Retry retry;
  private final String grpcStatus;

  Code(int closeCode, Link link, Retry retry, String grpcStatus) {
    this.closeCode = closeCode;
    this.link = link;
    this.retry = retry;
    this.grpcStatus = grpcStatus;
  }

  /** The WebSocket close code that goes with this reason where it ends a connection. */
  public int closeCode() {
    return closeCode;
  }

  /** Whether the server closes the connection after saying so. */
  public boolean closes() {
    return link == Link.CLOSES;
  }

  /** Whether trying again later, under a new id unless {@link #retryKeepsId}, can succeed. */
  public boolean retry() {
    return retry != Retry.NEVER;
  }

  /** Whether a retry must use the same id, because the request may have had its effect. */
  public boolean retryKeepsId() {
    return retry == Retry.SAME_ID;
  }

  /** Whether the request may have changed something although it was refused. */
  public boolean mayHaveChangedState() {
    return this == INDETERMINATE || this == INTERNAL;
  }

  /** The name of the gRPC status that says the same. */
  public String grpcStatus() {
    return grpcStatus;
  }
}
