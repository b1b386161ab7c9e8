package dev.starling.sim.network;

/**
 * What a {@link Rule} does to the packets it catches.
 *
 * @param blocks nothing gets through
 * @param loss the share of datagrams lost, each by itself, 0 to 1
 * @param burstLoss the share lost while a burst lasts (Gilbert–Elliott), 0 to 1; 0: no bursts
 * @param burstStart the chance that a packet begins a burst
 * @param burstEnd the chance that a packet ends one
 * @param duplicate the share of datagrams that arrive twice
 * @param corrupt the share of datagrams that arrive with other bytes than were sent; what of a
 *     stream is damaged is sent again
 * @param delayNanos added to each way
 * @param spreadNanos how much more at most, at random: datagrams overtake each other
 * @param bytesPerSecond what gets through a second; 0: no cap
 * @param mtuBytes the longest datagram that gets through; 0: any
 */
public record Weather(
    boolean blocks,
    double loss,
    double burstLoss,
    double burstStart,
    double burstEnd,
    double duplicate,
    double corrupt,
    long delayNanos,
    long spreadNanos,
    long bytesPerSecond,
    int mtuBytes) {
  private static final Weather FAIR = new Weather(false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  public static Weather blocked() {
    return new Weather(true, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  public static Weather lossy(double share) {
    return new Weather(false, share, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Mostly fair, with bursts of so many packets on average in which that share is lost. */
  public static Weather bursty(double share, double startChance, double packets) {
    return new Weather(false, 0, share, startChance, 1 / packets, 0, 0, 0, 0, 0, 0);
  }

  public static Weather doubling(double share) {
    return new Weather(false, 0, 0, 0, 0, share, 0, 0, 0, 0, 0);
  }

  public static Weather corrupting(double share) {
    return new Weather(false, 0, 0, 0, 0, 0, share, 0, 0, 0, 0);
  }

  public static Weather slow(long delayNanos, long spreadNanos) {
    return new Weather(false, 0, 0, 0, 0, 0, 0, delayNanos, spreadNanos, 0, 0);
  }

  public static Weather narrow(long bytesPerSecond) {
    return new Weather(false, 0, 0, 0, 0, 0, 0, 0, 0, bytesPerSecond, 0);
  }

  public static Weather small(int mtuBytes) {
    return new Weather(false, 0, 0, 0, 0, 0, 0, 0, 0, 0, mtuBytes);
  }

  public static Weather fair() {
    return FAIR;
  }
}
