package dev.starling.server.auth;

import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.Revocations;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was revoked: by a file, as a whole, and one by one at run time, which lasts as long as the
 * process. Bounded: a revocation that finds no place is refused, and none is ever dropped for
 * another. Thread-safe; asking takes no lock.
 */
public final class RevocationList implements Revocations {
  /** How many a file may list, and how many more may be added. */
  public static final int CAPACITY = 10_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final InstantSource wallClock;
  private final Map<String, Long> addedTokens = new ConcurrentHashMap<>();
  private final Map<String, Long> addedUsers = new ConcurrentHashMap<>();
  private volatile Listed listed = new Listed(Map.of(), Map.of());

  /** What the file lists: until when by token, before when by user. */
  private record Listed(Map<String, Long> tokens, Map<String, Long> users) {}

  public RevocationList(InstantSource wallClock) {
    this.wallClock = wallClock;
  }

  @Override
  public boolean cover(Grant grant) {
    String token = grant.tokenId();
    Listed file = listed;
    return (token != null && (file.tokens.containsKey(token) || addedTokens.containsKey(token)))
        || isBefore(grant, file.users.get(grant.user()))
        || isBefore(grant, addedUsers.get(grant.user()));
  }

  private static boolean isBefore(Grant grant, @Nullable Long millis) {
    return millis != null && grant.issuedAtMillis() < millis;
  }

  /** Adds one; false where there are as many as there may be. */
  public synchronized boolean add(Revocation revocation) {
    if (addedTokens.size() + addedUsers.size() >= CAPACITY) {
      long now = wallClock.millis();
      addedTokens.values().removeIf(until -> until <= now);
      if (addedTokens.size() + addedUsers.size() >= CAPACITY) {
        return false;
      }
    }
    put(revocation, addedTokens, addedUsers);
    return true;
  }

  /** Takes a file's list in place of the one before. */
  void replace(List<Revocation> revocations) {
    Map<String, Long> tokens = new HashMap<>();
    Map<String, Long> users = new HashMap<>();
    revocations.forEach(revocation -> put(revocation, tokens, users));
    listed = new Listed(tokens, users);
  }

  private static void put(
      Revocation revocation, Map<String, Long> tokens, Map<String, Long> users) {
    switch (revocation) {
      case Revocation.OfToken token ->
          tokens.merge(
              token.id(), token.untilMillis() == null ? NEVER : token.untilMillis(), Math::max);
      case Revocation.OfUser user -> users.merge(user.user(), user.beforeMillis(), Math::max);
    }
  }
}
