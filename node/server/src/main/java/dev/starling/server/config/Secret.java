package dev.starling.server.config;

import java.nio.charset.StandardCharsets;

/**
 * Text that is never printed: it shows itself as a placeholder wherever it is logged or put into a
 * message.
 *
 * @param text the secret itself
 */
public record Secret(String text) {
  /** What is printed in a secret's place. */
  static final String PLACEHOLDER = "(secret)";

  /** The text in UTF-8, as keys are made of. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return PLACEHOLDER;
  }
}
