package dev.starling.proto.binary;

/**
 * A message with a field that is missing or unacceptable. Without a stack trace: refusing must be
 * cheap.
 */
final class BinaryFieldException extends Exception {
  private static final long serialVersionUID = 1L;

  BinaryFieldException(String field, String problem) {
    super(field + ": " + problem, null, false, false);
  }
}
