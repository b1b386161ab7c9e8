package dev.starling.server.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads lists of secrets with names. */
final class NamedSecrets {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MOST = 64;

  private NamedSecrets() {}

  /** The secrets in {@code NAME=SECRET,…}, or empty where something doesn't fit. */
  static Optional<List<NamedSecret>> parse(String text, int leastBytes) {
    List<NamedSecret> secrets = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String trimmed = part.strip();
      if (!trimmed.isEmpty()) {
        Optional<NamedSecret> secret = one(trimmed, leastBytes);
        if (secret.isEmpty()) {
          return Optional.empty();
        }
        secrets.add(secret.get());
      }
    }
    boolean distinct = secrets.stream().map(NamedSecret::name).distinct().count() == secrets.size();
    return distinct && secrets.size() <= MOST
        ? Optional.of(List.copyOf(secrets))
        : Optional.empty();
  }

  private static Optional<NamedSecret> one(String text, int leastBytes) {
    int equals = text.indexOf('=');
    if (equals < 0 || !NAME.matcher(text.substring(0, equals)).matches()) {
      return Optional.empty();
    }
    String secret = text.substring(equals + 1);
    return secret.getBytes(StandardCharsets.UTF_8).length >= leastBytes
        ? Optional.of(new NamedSecret(text.substring(0, equals), new Secret(secret)))
        : Optional.empty();
  }
}
