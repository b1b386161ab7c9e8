package dev.starling.core.session;

import dev.starling.core.protocol.ClientLimits;

/**
 * The bounds of a session; times in nanoseconds.
 *
 * @param graceNanos how long a lost connection goes unnoticed by others; shorter: flapping members,
 *     longer: ghosts
 * @param resumeNanos how long a lost session can be taken up again, at least {@code graceNanos}
 * @param heartbeatNanos silence after which the server pings; twice that closes the connection
 * @param confirmNanos how soon a client is asked to confirm events
 * @param requestNanos when a request that nobody answered is given up, below the ten seconds that
 *     the protocol promises
 * @param requestsInFlight how many requests may wait for their answer
 * @param rememberedRequests how many request ids are remembered for repeats, at least {@code
 *     requestsInFlight}
 * @param retainedEvents how many events are kept for a client that hasn't confirmed them
 * @param retainedBytes how much they may weigh
 * @param knownSenders how many senders' last ids are kept
 * @param rates how fast a client may send
 * @param limits what the client is told, and held to
 */
public record SessionConfig(
    long graceNanos,
    long resumeNanos,
    long heartbeatNanos,
    long confirmNanos,
    long requestNanos,
    int requestsInFlight,
    int rememberedRequests,
    int retainedEvents,
    long retainedBytes,
    int knownSenders,
    Rates rates,
    ClientLimits limits) {

  /**
   * How fast a client may send.
   *
   * @param messagesPerSecond in the long run
   * @param messageBurst at once
   * @param bytesPerSecond in the long run; the burst is the same number of bytes
   */
  public record Rates(int messagesPerSecond, int messageBurst, long bytesPerSecond) {
    public Rates {
      if (messagesPerSecond < 1 || messageBurst < 1 || bytesPerSecond < 1) {
        throw new IllegalArgumentException("rates are at least 1");
      }
    }
  }

  public SessionConfig {
    if (graceNanos < 0 || resumeNanos < graceNanos) {
      throw new IllegalArgumentException("0 <= graceNanos <= resumeNanos doesn't hold");
    }
    if (heartbeatNanos < 1 || confirmNanos < 1 || requestNanos < 1) {
      throw new IllegalArgumentException("times are at least 1 ns");
    }
    if (requestsInFlight < 1 || rememberedRequests < requestsInFlight) {
      throw new IllegalArgumentException(
          "1 <= requestsInFlight <= rememberedRequests doesn't hold");
    }
    if (retainedEvents < 1 || retainedBytes < 1 || knownSenders < 1) {
      throw new IllegalArgumentException("retention bounds are at least 1");
    }
  }
}
