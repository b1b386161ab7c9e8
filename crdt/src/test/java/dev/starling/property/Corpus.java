package dev.starling.property;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * Inputs for a parser, and what becomes of them when they are damaged. A corpus is a resource with
 * one input a line; lines that begin with {@code #} name what follows, and an input that has found
 * a fault stays there under the fault's name. Damage cuts, repeats, splices with another input and
 * inserts words that the parser may trip over.
 */
public final class Corpus {
  /** No input is grown beyond this. */
  private static final int MAX_BYTES = 4096;

  private static final int MOST_REPEATS = 64;

  private final List<byte[]> seeds;
  private final List<byte[]> words;

  private Corpus(List<byte[]> seeds, List<byte[]> words) {
    this.seeds = seeds;
    this.words = words;
  }

  /** Inputs that are text, each a line as it stands. */
  public static Corpus text(Class<?> owner, String resource, List<String> words) {
    return read(owner, resource, words, line -> line.getBytes(StandardCharsets.UTF_8));
  }

  /** Inputs that are written in hexadecimal digits; so are the words. */
  public static Corpus hex(Class<?> owner, String resource, List<String> words) {
    return read(owner, resource, words, HexFormat.of()::parseHex);
  }

  private static Corpus read(
      Class<?> owner, String resource, List<String> words, Function<String, byte[]> decoded) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no such resource: " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<byte[]> seeds = text.lines().filter(line -> !line.startsWith("#")).map(decoded).toList();
      return new Corpus(seeds, words.stream().map(decoded).toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The inputs as they stand. */
  public List<byte[]> seeds() {
    return seeds.stream().map(byte[]::clone).toList();
  }

  /** One of the inputs, damaged up to six times. */
  public byte[] damaged(Choices choices) {
    byte[] input = choices.oneOf(seeds);
    for (int left = choices.between(0, 6); left > 0; left--) {
      input = damaged(input, choices);
    }
    return input.clone();
  }

  private byte[] damaged(byte[] input, Choices choices) {
    int from = choices.between(0, input.length);
    int to = choices.between(from, Math.min(input.length, from + choices.between(0, 16)));
    Draft draft = new Draft();
    draft.add(input, 0, from);
    switch (choices.between(0, 7)) {
      case 0 -> draft.add(input, to, input.length);
      case 1 -> draft.add(choices.oneOf(words)).add(input, from, input.length);
      case 2 -> draft.add(choices.oneOf(words)).add(input, to, input.length);
      case 3 -> draft.add((byte) choices.nextInt()).add(input, to, input.length);
      case 4 -> draft.add(flipped(input, from, choices), from, input.length);
      case 5 ->
          draft
              .repeat(input, from, to, choices.between(2, MOST_REPEATS))
              .add(input, to, input.length);
      case 6 -> {
        byte[] other = choices.oneOf(seeds);
        draft.add(other, choices.between(0, other.length), other.length);
      }
      default -> {}
    }
    return draft.bytes();
  }

  private static byte[] flipped(byte[] input, int at, Choices choices) {
    byte[] copy = input.clone();
    if (at < copy.length) {
      copy[at] = (byte) (copy[at] ^ 1 << choices.between(0, 7));
    }
    return copy;
  }

  /** Bytes that are being put together; what is above the bound is dropped. */
  private static final class Draft {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Draft add(byte[] bytes) {
      return add(bytes, 0, bytes.length);
    }

    Draft add(byte single) {
      return add(new byte[] {single});
    }

    Draft add(byte[] bytes, int from, int to) {
      out.write(bytes, from, Math.clamp(to - from, 0, MAX_BYTES - out.size()));
      return this;
    }

    Draft repeat(byte[] bytes, int from, int to, int times) {
      for (int i = 0; i < times; i++) {
        add(bytes, from, to);
      }
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
