package dev.starling.proto;

/** Reads what clients send, in one wire form. Never throws on any input. One per thread. */
public interface FrameReader {
  /**
   * Reads one frame. Payloads stay windows on it.
   *
   * @param frame its bytes, from 0; not to be written to any more
   * @param length how many of them
   */
  ClientFrame read(byte[] frame, int length);
}
