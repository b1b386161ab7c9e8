package dev.starling.tools.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the fields of one JSON object are: finds the ends of values without building them. Trusts
 * that what a server sends is well-formed, and says so where it visibly isn't.
 */
final class JsonFields {
  private static final int MOST = 32;

  private byte[] bytes = {};
  private int end;
  private int at;
  private int count;
  private final int[] names = new int[MOST];
  private final int[] nameEnds = new int[MOST];
  private final int[] values = new int[MOST];
  private final int[] valueEnds = new int[MOST];

  /** Reads the object in a range; the array must stay as it is until the next call. */
  void read(byte[] source, int start, int length) {
    bytes = source;
    at = start;
    end = start + length;
    count = 0;
    expect('{');
    while (peek() != '}') {
      readField();
      if (peek() == ',') {
        at++;
      }
    }
  }

  /** The index of a field, or -1. */
  int find(byte[] name) {
    for (int i = 0; i < count; i++) {
      if (Arrays.equals(bytes, names[i], nameEnds[i], name, 0, name.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Where a field's value begins; for a string its first character. */
  int start(int field) {
    return isString(field) ? values[field] + 1 : values[field];
  }

  /** Where a field's value ends; for a string after its last character. */
  int end(int field) {
    return isString(field) ? valueEnds[field] - 1 : valueEnds[field];
  }

  /** A field's value as text, without unescaping; empty where there is none. */
  String text(byte[] name) {
    int field = find(name);
    return field < 0
        ? ""
        : new String(bytes, start(field), end(field) - start(field), StandardCharsets.UTF_8);
  }

  /** A field's whole number; 0 where there is none. */
  long number(byte[] name) {
    int field = find(name);
    return field < 0 ? 0 : number(start(field), end(field));
  }

  /** The digits at the beginning of a range. */
  long number(int start, int limit) {
    long number = 0;
    for (int i = start; i < limit && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  private boolean isString(int field) {
    return bytes[values[field]] == '"';
  }

  private void readField() {
    if (count == MOST) {
      throw new IllegalArgumentException("an object with more than " + MOST + " fields");
    }
    int name = at + 1;
    skipString();
    names[count] = name;
    nameEnds[count] = at - 1;
    expect(':');
    peek();
    values[count] = at;
    skipValue();
    valueEnds[count++] = at;
  }

  private void skipValue() {
    switch (peek()) {
      case '"' -> skipString();
      case '{', '[' -> skipNested();
      default -> {
        while (at < end && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
          at++;
        }
      }
    }
  }

  private void skipNested() {
    int depth = 0;
    do {
      switch (peek()) {
        case '"' -> skipString();
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        default -> at++;
      }
    } while (depth > 0);
  }

  private void skipString() {
    expect('"');
    while (at < end && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    expect('"');
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw new IllegalArgumentException("no JSON object: '" + wanted + "' expected");
    }
    at++;
  }

  private byte peek() {
    while (at < end && bytes[at] <= ' ' && bytes[at] >= 0) {
      at++;
    }
    if (at >= end) {
      throw new IllegalArgumentException("no JSON object: it ends too early");
    }
    return bytes[at];
  }
}
