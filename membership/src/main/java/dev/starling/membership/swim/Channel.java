package dev.starling.membership.swim;

/** The way a packet takes. */
public enum Channel {
  /** One datagram: may be lost, doubled or late. */
  DATAGRAM,
  /** The stream to the peer: in order, of any size, opened when needed. */
  STREAM
}
