package dev.starling.server.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The order of what is stored. Names come apart from rooms, so that a room whose bytes are damaged
 * still has one.
 *
 * <pre>
 * 'k' key                                    a record
 * 'n' length (2) room                        a room is stored
 * 'r' length (2) room 0                      its snapshot
 * 'r' length (2) room 1 number (8)           its delta of that number, from 1 on
 * </pre>
 */
final class Keys {
  /** Of a room's name or a record's key, in UTF-8. */
  static final int NAME_BYTES = 1_024;

  private static final byte RECORD = 'k';
  private static final byte NAME = 'n';
  private static final byte ROOM = 'r';
  private static final byte SNAPSHOT = 0;
  private static final byte DELTA = 1;
  private static final byte AFTER = 2;
  private static final int HEAD = 3;

  private Keys() {}

  static boolean fits(String name) {
    return !name.isEmpty() && name.getBytes(StandardCharsets.UTF_8).length <= NAME_BYTES;
  }

  static byte[] records() {
    return new byte[] {RECORD};
  }

  static byte[] record(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + bytes.length).put(RECORD).put(bytes).array();
  }

  static boolean isRecord(byte[] key) {
    return key.length > 0 && key[0] == RECORD;
  }

  static String recordKey(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
  }

  static byte[] names() {
    return new byte[] {NAME};
  }

  static byte[] name(String room) {
    return headed(NAME, room, 0).array();
  }

  static byte[] afterName(String room) {
    return headed(NAME, room, 1).put((byte) 0).array();
  }

  static boolean isName(byte[] key) {
    return key.length > HEAD && key[0] == NAME && HEAD + length(key) == key.length;
  }

  static byte[] rooms() {
    return new byte[] {ROOM};
  }

  static byte[] room(String room) {
    return headed(ROOM, room, 0).array();
  }

  static byte[] afterRoom(String room) {
    return headed(ROOM, room, 1).put(AFTER).array();
  }

  static boolean isRoom(byte[] key) {
    return key.length > HEAD && key[0] == ROOM && HEAD + length(key) < key.length;
  }

  static byte[] snapshot(String room) {
    return headed(ROOM, room, 1).put(SNAPSHOT).array();
  }

  static byte[] delta(String room, long number) {
    return headed(ROOM, room, 1 + Long.BYTES).put(DELTA).putLong(number).array();
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The room that a key speaks of, which is a name or part of a room. */
  static String roomOf(byte[] key) {
    return new String(key, HEAD, length(key), StandardCharsets.UTF_8);
  }

  private static int length(byte[] key) {
    return ByteBuffer.wrap(key).getShort(1);
  }

  private static ByteBuffer headed(byte kind, String room, int more) {
    byte[] bytes = room.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEAD + bytes.length + more)
        .put(kind)
        .putShort((short) bytes.length)
        .put(bytes);
  }
}
