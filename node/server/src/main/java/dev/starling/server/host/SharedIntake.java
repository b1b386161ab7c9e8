package dev.starling.server.host;

import dev.starling.server.host.SharedRate.Pace;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one connection sends against the shares of its address and its user. While all is
 * well it settles only every few messages, so that loops seldom meet in the shares' counters. Used
 * on the connection's loop.
 */
final class SharedIntake {
  private static final int BATCH_MESSAGES = 16;
  private static final int BATCH_BYTES = 32 * 1024;

  private final NodeClock clock;
  private final @Nullable Share address;
  private final int batchMessages;
  private final int batchBytes;
  private @Nullable Share user;
  private Pace pace = Pace.WITHIN;
  private int messages;
  private long bytes;

  /**
   * @param address the connection's, or null where nobody counts it
   */
  SharedIntake(NodeClock clock, ShareConfig config, @Nullable Share address) {
    this.clock = clock;
    this.address = address;
    // A batch must not hide a burst that is shorter than it.
    this.batchMessages = (int) Math.min(BATCH_MESSAGES, least(config).messageBurst() / 8);
    this.batchBytes = (int) Math.min(BATCH_BYTES, least(config).bytesPerSecond() / 8);
  }

  private static ShareConfig.Traffic least(ShareConfig config) {
    boolean userHasLess = config.user().messageBurst() < config.address().messageBurst();
    return userHasLess ? config.user() : config.address();
  }

  /** From here on a user's share counts too. */
  void belongsTo(Share owner) {
    user = owner;
  }

  /** Counts a frame. */
  Pace count(int frameBytes) {
    messages++;
    bytes += frameBytes;
    boolean waits = pace == Pace.WITHIN && messages < batchMessages && bytes < batchBytes;
    return waits ? Pace.WITHIN : settle();
  }

  private Pace settle() {
    long now = clock.nanos();
    Pace byAddress = address == null ? Pace.WITHIN : address.take(messages, bytes, now);
    Pace byUser = user == null ? Pace.WITHIN : user.take(messages, bytes, now);
    pace = byAddress.compareTo(byUser) > 0 ? byAddress : byUser;
    messages = 0;
    bytes = 0;
    return pace;
  }
}
