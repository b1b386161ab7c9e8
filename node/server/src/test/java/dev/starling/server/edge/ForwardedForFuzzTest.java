package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.property.Corpus;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;

/** Damaged headers of proxies: addresses, or a refusal; what was read is read again the same. */
final class ForwardedForFuzzTest {
  private static final int MOST_PROXIES = 32;

  private static final Corpus CORPUS =
      Corpus.text(
          ForwardedForFuzzTest.class,
          "forwarded.txt",
          List.of(
              ",", ";", ":", "::", "[", "]", "\"", "%", ".", "=", "for=", "0", "f", " ", "\u0660"));

  private static final Fuzzing CONVENTIONAL = new Fuzzing("X-Forwarded-For", 16_384, 256);
  private static final Fuzzing STANDARD = new Fuzzing("Forwarded", 16_384, 256);

  @Property(tries = 20_000)
  void conventionalHeaderIsAddressesOrRefused(Choices choices) {
    List<InetAddress> read =
        read(CONVENTIONAL, text(CORPUS.damaged(choices)), ForwardedFor::conventional);
    if (!read.isEmpty()) {
      String again =
          read.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
      assertEquals(read, ForwardedFor.conventional(List.of(again)), again);
    }
  }

  @Property(tries = 20_000)
  void standardHeaderIsAddressesOrRefused(Choices choices) {
    List<InetAddress> read = read(STANDARD, text(CORPUS.damaged(choices)), ForwardedFor::standard);
    if (!read.isEmpty()) {
      String again =
          read.stream()
              .map(address -> "for=\"[" + address.getHostAddress() + "]\"")
              .collect(Collectors.joining(", "));
      assertEquals(read, ForwardedFor.standard(List.of(again)), again);
    }
  }

  /** The addresses; none where it was refused. */
  private static List<InetAddress> read(
      Fuzzing parser, String header, Function<List<String>, List<InetAddress>> reader) {
    List<InetAddress> read =
        parser.parse(
            header.length(),
            () -> {
              try {
                return reader.apply(List.of(header));
              } catch (IllegalArgumentException refused) {
                return List.of();
              }
            });
    parser.count(read.isEmpty() ? "refused" : "accepted");
    assertTrue(read.size() <= MOST_PROXIES, header);
    return read;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @AfterAll
  static void report() {
    System.out.println(CONVENTIONAL);
    System.out.println(STANDARD);
  }
}
