package dev.starling.tools.load;

/** No client got through to the server. */
final class Unreachable extends RuntimeException {
  Unreachable(String message) {
    super(message);
  }
}
