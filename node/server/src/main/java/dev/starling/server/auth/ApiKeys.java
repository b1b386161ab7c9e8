package dev.starling.server.auth;

import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Role;
import dev.starling.server.auth.TokenVerdict.Verified;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decides about application servers by the key or the token that they brought. Keys are kept and
 * compared as hashes, each with each and in constant time. Thread-safe; blocks nobody.
 */
public final class ApiKeys {
  private final List<HashedKey> keys;
  private final RoomTokens tokens;

  private static final class HashedKey {
    private final String name;
    private final byte[] hash;

    HashedKey(SharedSecret key) {
      this.name = String.valueOf(key.id());
      this.hash = ApiKeys.hash(key.bytes());
    }
  }

  /**
   * @param keys with the names under which they are told apart in logs
   * @param tokens decides about what is none of the keys
   */
  public ApiKeys(List<SharedSecret> keys, RoomTokens tokens) {
    this.keys = keys.stream().map(HashedKey::new).toList();
    this.tokens = tokens;
  }

  /** Says what a credential is good for, once, at once or later and from any thread. */
  public void authorise(String credential, Consumer<? super TokenVerdict> verdict) {
    byte[] hash = hash(credential.getBytes(StandardCharsets.UTF_8));
    HashedKey found = null;
    for (HashedKey key : keys) {
      if (MessageDigest.isEqual(key.hash, hash)) {
        found = key;
      }
    }
    if (found == null) {
      tokens.verifyAdministrator(credential, verdict);
    } else {
      String name = "api key " + found.name;
      verdict.accept(
          new Verified(new Grant(name, RoomPattern.ANY, Role.MODERATOR, Long.MAX_VALUE)));
    }
  }

  private static byte[] hash(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
