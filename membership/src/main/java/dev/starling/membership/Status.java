package dev.starling.membership;

/** What is believed of a node in one incarnation; the later one wins. */
public enum Status {
  /** It answers, or said that it does. */
  ALIVE,
  /** Somebody got no answer; it may refute. */
  SUSPECT,
  /** Nobody refuted in time. */
  DEAD,
  /** It said goodbye, or an operator said it for it. */
  LEFT;

  /** Whether messages go to it and shards may be owned by it. */
  public boolean isLive() {
    return this == ALIVE || this == SUSPECT;
  }
}
