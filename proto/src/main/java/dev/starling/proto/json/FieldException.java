package dev.starling.proto.json;

/** A well-formed message with a field that is missing or unacceptable. Without a stack trace. */
final class FieldException extends Exception {
  private static final long serialVersionUID = 1L;

  FieldException(Field field, String problem) {
    super(field.text() + ": " + problem, null, false, false);
  }
}
