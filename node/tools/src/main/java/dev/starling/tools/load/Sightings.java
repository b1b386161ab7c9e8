package dev.starling.tools.load;

/** What one client has seen of each seat of its room: the newest message that keeps an order. */
final class Sightings {
  private final long[] newest;
  private final long[] newestChat;

  Sightings(int seats) {
    newest = new long[seats];
    newestChat = new long[seats];
  }

  /** Notes a message; whether a newer one was seen before it. */
  boolean isLate(Kind kind, int seat, long sequence) {
    long[] seen = kind == Kind.CHAT ? newestChat : newest;
    boolean late = sequence < seen[seat];
    seen[seat] = Math.max(seen[seat], sequence);
    return late;
  }
}
