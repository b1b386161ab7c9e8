package dev.starling.crdt;

/**
 * What an application sends or stores through the server, opaque to it: bytes and what they are.
 *
 * @param type the media type; {@link #JSON} where the client spoke JSON
 * @param bytes checked for being well-formed where the type is {@link #JSON}, never looked into
 *     again
 */
public record Content(String type, Bytes bytes) {
  /** The type of checked JSON text in UTF-8. */
  public static final String JSON = "application/json";

  /** An empty JSON object. */
  public static final Content EMPTY_OBJECT = json(Bytes.utf8("{}"));

  /** Checked JSON text. */
  public static Content json(Bytes text) {
    return new Content(JSON, text);
  }

  /** The same content in an array of its own, to be kept. */
  public Content compact() {
    return new Content(type, bytes.compact());
  }
}
