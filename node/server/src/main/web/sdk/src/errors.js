/** Close codes of a WebSocket, by the protocol's name for them. */
export const CLOSE_CODES = Object.freeze({
  MALFORMED: 4400,
  UNAUTHENTICATED: 4401,
  TOKEN_EXPIRED: 4402,
  FORBIDDEN: 4403,
  HELLO_REQUIRED: 4405,
  REVOKED: 4407,
  HELLO_TIMEOUT: 4408,
  REPLACED: 4409,
  IDLE: 4410,
  FLOODING: 4430,
  SLOW_CONSUMER: 4431,
  WRONG_FRAME: 1003,
  NOT_UTF8: 1007,
  TOO_LARGE: 1009,
  INTERNAL: 1011,
  DRAINING: 1012,
  OVERLOADED: 1013,
});

/** The client ends its session: the server drops it at once instead of keeping it for a resume. */
export const GOODBYE = 1000;

/** The client drops one connection to resume on another. */
export const RECONNECT = 4000;

/** After these the same client would only be turned away again. */
const FINAL = new Set(['MALFORMED', 'UNAUTHENTICATED', 'REVOKED', 'FORBIDDEN', 'REPLACED']);

/** A request that was refused, or a connection that ended for good. */
export class StarlingError extends Error {
  /**
   * @param {string} code one of the protocol's codes, or CLOSED, NO_CONNECTION or SESSION_LOST, which the SDK itself gives
   * @param {string} message what happened, for a log
   * @param {boolean} retry whether the same call may succeed later
   */
  constructor(code, message, retry = false) {
    super(message);
    this.name = 'StarlingError';
    this.code = code;
    this.retry = retry;
  }

  /** The error that an `error` frame speaks of. */
  static ofFrame({ code, message, retry }) {
    return new StarlingError(code, message || code, Boolean(retry));
  }

  /** The error that a closed WebSocket speaks of. */
  static ofClose(closeCode, reason) {
    const name = Object.keys(CLOSE_CODES).find((key) => CLOSE_CODES[key] === closeCode);
    const code = name ?? 'NO_CONNECTION';
    return new StarlingError(code, reason || `connection closed (${closeCode})`, !FINAL.has(code));
  }
}
