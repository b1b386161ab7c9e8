package dev.starling.server.ring.seal;

/** Why a datagram was dropped. */
public enum Drop {
  /** It is shorter than the shortest there is. */
  SHORT,
  /** It is longer than any may be. */
  LONG,
  /** It has another form. */
  VERSION,
  /** It was sealed with a key that is not in the ring. */
  UNKNOWN_KEY,
  /** It was changed on its way, or made by somebody without the key. */
  FORGED,
  /** It came before. */
  REPLAYED,
  /** Too many came after it to know whether it came before. */
  OLD,
  /** What was sealed is no packet. */
  MALFORMED
}
