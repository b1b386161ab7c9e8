package dev.starling.proto.json;

import org.jspecify.annotations.Nullable;

/** The names that this server reads in a client's message. */
enum Field {
  TYPE(0, "type"),
  ID(1, "id"),
  ROOM(2, "room"),
  TO(3, "to"),
  DATA(4, "data"),
  OFFSET(5, "offset"),
  TOKEN(6, "token"),
  RESUME(7, "resume"),
  PROFILE(8, "profile"),
  PASSWORD(9, "password"),
  BEFORE(10, "before"),
  LIMIT(11, "limit"),
  SETTINGS(12, "settings"),
  ACTION(13, "action"),
  MEMBER(14, "member"),
  USER(15, "user"),
  SECONDS(16, "seconds"),
  LOCKED(17, "locked"),
  LOBBY(18, "lobby"),
  METADATA(19, "metadata");

  /** How many there are; slots are below this. */
  static final int COUNT = values().length;

  private static final Field[] ALL = values();

  private final int slot;
  private final String text;

  Field(int slot, String text) {
    this.slot = slot;
    this.text = text;
  }

  /** Its place in a table. */
  int slot() {
    return slot;
  }

  String text() {
    return text;
  }

  /** The field whose name stands at a place in a frame, or null. */
  static @Nullable Field at(byte[] frame, int start, int length) {
    for (Field field : ALL) {
      if (field.text.length() == length && field.stands(frame, start)) {
        return field;
      }
    }
    return null;
  }

  static @Nullable Field named(String name) {
    for (Field field : ALL) {
      if (field.text.equals(name)) {
        return field;
      }
    }
    return null;
  }

  private boolean stands(byte[] frame, int start) {
    for (int i = 0; i < text.length(); i++) {
      if (frame[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
