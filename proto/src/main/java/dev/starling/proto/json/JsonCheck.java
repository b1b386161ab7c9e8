package dev.starling.proto.json;

import dev.starling.crdt.Bytes;

/** Says whether bytes are JSON within the bounds. One per thread. */
public final class JsonCheck {
  private final JsonScanner scanner;

  /**
   * @param maxDepth how deep it may be nested, 2 to 64; one level is for the message around it
   */
  public JsonCheck(int maxDepth) {
    this.scanner = new JsonScanner(maxDepth);
  }

  /** Whether the bytes are one JSON value, perhaps with white space around it. */
  public boolean isValue(Bytes bytes) {
    int end = bytes.offset() + bytes.length();
    scanner.reset(bytes.array(), end);
    try {
      scanner.onlySpaceFrom(scanner.value(scanner.space(bytes.offset()), 1));
      return true;
    } catch (JsonException notJson) {
      return false;
    }
  }

  /** Whether bytes that are a JSON value are an object. */
  public boolean isObject(Bytes value) {
    scanner.reset(value.array(), value.offset() + value.length());
    return value.array()[scanner.space(value.offset())] == '{';
  }
}
