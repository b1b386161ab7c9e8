package dev.starling.server.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Origins of pages (RFC 6454, section 6.1), with a wildcard for all hosts below one. */
final class Origins {
  private static final Pattern ORIGIN =
      Pattern.compile(
          "\\*|null|[a-z][a-z0-9+.-]{0,20}://(\\*\\.)?"
              + "([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private Origins() {}

  static Kind<List<String>> kind() {
    return Kind.list(
        "a list of origins such as https://app.example.com or https://*.example.com",
        text -> ORIGIN.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }
}
