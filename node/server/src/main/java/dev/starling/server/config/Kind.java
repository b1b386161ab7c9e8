package dev.starling.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What values a setting may have. All sources speak text, so that one parser serves them all.
 *
 * @param expectation what fits, as a noun phrase: "a whole number from 0 to 65535"
 * @param secret whether values stay out of every message
 * @param parser the value of a text that fits, else empty
 */
record Kind<T>(String expectation, boolean secret, Function<String, Optional<T>> parser) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
  private static final Set<String> CLIENT_SCHEMES = Set.of("http", "https", "ws", "wss");

  Optional<T> parse(String text) {
    return parser.apply(text);
  }

  static Kind<Integer> wholeNumber(String unit, int least, int most) {
    String of = unit.isEmpty() ? "" : " of " + unit;
    return open(
        "a whole number" + of + " from " + least + " to " + most,
        text -> number(text).filter(value -> value >= least && value <= most));
  }

  static Kind<Boolean> flag() {
    return open(
        "`true` or `false`",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    List<E> choices = Arrays.asList(type.getEnumConstants());
    String names =
        choices.stream()
            .map(choice -> '`' + nameOf(choice) + '`')
            .collect(Collectors.joining(", "));
    return open(
        "one of " + names,
        text -> choices.stream().filter(choice -> nameOf(choice).equals(text)).findFirst());
  }

  /** A name that fits into host names, metrics and file names. */
  static Kind<String> label() {
    return open(
        "1 to 63 lower-case letters, digits and inner hyphens", text -> matching(LABEL, text));
  }

  static Kind<String> host() {
    return open(
        "a host name or an IP address",
        text -> text.indexOf(':') >= 0 ? literal(text) : matching(HOST_NAME, text));
  }

  /** An address that others can be told: not the one that stands for all of a machine's. */
  static Kind<String> address() {
    return open("an IP address", text -> literal(text).filter(one -> !isWildcard(one)));
  }

  /** Several choices, separated by commas. */
  static <E extends Enum<E>> Kind<List<E>> choices(Class<E> type) {
    Kind<E> one = choice(type);
    return open(
        "a list, each " + one.expectation(),
        text ->
            listOf(part -> one.parse(part).map(Kind::nameOf), text)
                .filter(names -> !names.isEmpty())
                .map(names -> names.stream().flatMap(name -> one.parse(name).stream()).toList()));
  }

  static Kind<URI> clientUrl() {
    return open(
        "a URL with http, https, ws or wss and a host, and without query, fragment or user",
        text -> uri(text).filter(Kind::isClientUrl));
  }

  /** URLs of STUN or TURN servers, separated by commas. */
  static Kind<List<String>> serverUrls(String scheme) {
    Pattern url = Pattern.compile(scheme + "s?:[^\\s/,@]{1,255}");
    return list("a list of " + scheme + ": or " + scheme + "s: URLs", text -> matching(url, text));
  }

  /** A list of what a parser takes, separated by commas. */
  static Kind<List<String>> list(String expectation, Function<String, Optional<String>> element) {
    return open(expectation, text -> listOf(element, text));
  }

  static Kind<Path> readableFile() {
    return open("a file that this process can read", text -> path(text).filter(Kind::isReadable));
  }

  /** A directory that may be there or be made. */
  static Kind<Path> directory() {
    return open("the path of a directory", Kind::path);
  }

  static Kind<Secret> secret(int leastBytes) {
    return new Kind<>(
        "a text of at least " + leastBytes + " bytes",
        true,
        text ->
            text.getBytes(StandardCharsets.UTF_8).length >= leastBytes
                ? Optional.of(new Secret(text))
                : Optional.empty());
  }

  /** Secrets with names, separated by commas: {@code NAME=SECRET}. */
  static Kind<List<NamedSecret>> namedSecrets(int leastBytes) {
    return new Kind<>(
        "a list of NAME=SECRET, the names unlike each other and of 1 to 64 letters, digits, dots,"
            + " hyphens and underscores, the secrets of at least "
            + leastBytes
            + " bytes without commas",
        true,
        text -> NamedSecrets.parse(text, leastBytes));
  }

  /** Where a document may be fetched from without anybody in between changing it. */
  static Kind<URI> safeUrl() {
    return open(
        "a URL with https, or with http and a loopback address",
        text -> uri(text).filter(Kind::isSafe));
  }

  static Kind<String> text(int most) {
    return open(
        "a text of 1 to " + most + " characters",
        text -> text.isEmpty() || text.length() > most ? Optional.empty() : Optional.of(text));
  }

  private static <T> Kind<T> open(String expectation, Function<String, Optional<T>> parser) {
    return new Kind<>(expectation, false, parser);
  }

  private static String nameOf(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<String> matching(Pattern pattern, String text) {
    return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> literal(String text) {
    try {
      InetAddress.ofLiteral(text);
      return Optional.of(text);
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static boolean isWildcard(String address) {
    return InetAddress.ofLiteral(address).isAnyLocalAddress();
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException notAUri) {
      return Optional.empty();
    }
  }

  private static boolean isClientUrl(URI uri) {
    return uri.getScheme() != null
        && CLIENT_SCHEMES.contains(uri.getScheme())
        && uri.getHost() != null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null;
  }

  private static boolean isSafe(URI uri) {
    return uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null
        && ("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && Loopback.is(bare(uri.getHost()))));
  }

  /** A host without the brackets that a URL puts around IPv6. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Optional<List<String>> listOf(
      Function<String, Optional<String>> element, String text) {
    List<String> elements = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String trimmed = part.strip();
      if (!trimmed.isEmpty()) {
        Optional<String> parsed = element.apply(trimmed);
        if (parsed.isEmpty()) {
          return Optional.empty();
        }
        elements.add(parsed.get());
      }
    }
    return Optional.of(List.copyOf(elements));
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }

  private static boolean isReadable(Path path) {
    return Files.isRegularFile(path) && Files.isReadable(path);
  }
}
