package dev.starling.server.store;

/** One write, which is stored whole or not at all. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
sealed interface Write {
  /** The name of a room or the key of a record. */
  String name();

  /** How long it is, its name apart. */
  int bytes();

  record Append(String name, byte[] delta) implements Write {
    @Override
    public int bytes() {
      return delta.length;
    }
  }

  record Fold(String name, byte[] snapshot) implements Write {
    @Override
    public int bytes() {
      return snapshot.length;
    }
  }

  record Remove(String name) implements Write {
    @Override
    public int bytes() {
      return 0;
    }
  }

  record PutRecord(String name, byte[] value) implements Write {
    @Override
    public int bytes() {
      return value.length;
    }
  }

  record DeleteRecord(String name) implements Write {
    @Override
    public int bytes() {
      return 0;
    }
  }
}
