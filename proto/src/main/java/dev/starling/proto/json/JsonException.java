package dev.starling.proto.json;

/**
 * Text that isn't JSON within the bounds. Without a stack trace: hostile input must not be dear to
 * refuse.
 */
final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  JsonException(String message, int position) {
    super(message + " at byte " + position, null, false, false);
  }
}
