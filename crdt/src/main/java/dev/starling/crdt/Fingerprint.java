package dev.starling.crdt;

/**
 * A 64-bit hash of a sequence of numbers, texts and bytes, the same on every replica; against
 * faults, not against forgers (FNV-1a over words, finished by the mixer of SplitMix64).
 */
final class Fingerprint {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long hash = OFFSET;

  Fingerprint add(long number) {
    hash = (hash ^ mixed(number)) * PRIME;
    return this;
  }

  Fingerprint add(String text) {
    add(text.length());
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return this;
  }

  Fingerprint add(Dot dot) {
    return add(dot.replica()).add(dot.counter());
  }

  Fingerprint add(ReplicaId replica) {
    return add(replica.node()).add(replica.generation());
  }

  Fingerprint add(CausalContext context) {
    for (DotRange range : context.ranges()) {
      add(range.replica()).add(range.first()).add(range.last());
    }
    return this;
  }

  Fingerprint add(Register<Content> register) {
    Stamp stamp = register.stamp();
    return add(stamp.time().packed()).add(stamp.replica()).add(register.value());
  }

  Fingerprint add(Content content) {
    return add(content.type()).add(content.bytes());
  }

  Fingerprint add(Bytes bytes) {
    add(bytes.length());
    byte[] array = bytes.array();
    for (int i = bytes.offset(); i < bytes.offset() + bytes.length(); i++) {
      hash = (hash ^ array[i]) * PRIME;
    }
    return this;
  }

  long value() {
    return mixed(hash);
  }

  private static long mixed(long number) {
    long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
