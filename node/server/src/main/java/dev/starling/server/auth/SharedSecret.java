package dev.starling.server.auth;

import org.jspecify.annotations.Nullable;

/**
 * A secret that tokens are signed with (HMAC SHA-256).
 *
 * @param id the {@code kid} of its tokens, or null for tokens of any
 * @param bytes at least 32
 */
@SuppressWarnings(
    "ArrayRecordComponent") // nobody compares these, and a copy would be one more to leak
public record SharedSecret(@Nullable String id, byte[] bytes) {
  @Override
  public String toString() {
    return "SharedSecret[id=" + id + "]";
  }
}
