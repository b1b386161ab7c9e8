package dev.starling.membership;

/** What is believed of a node in one incarnation; the later one wins. */
public enum Status {
  /** It answers, or said that it does. */
  ALIVE,
  /** Somebody got no answer; it may refute. */
  SUSPECT,
  /** Nobody refuted in time. */
  DEAD,
  /** It said goodbye. */
  LEFT,
  /**
   * An operator said that it will not come back: nobody is shown it any more. Remembered for as
   * long as the others that are gone, so that what is older can't bring it back.
   */
  FORGOTTEN;

  /** Whether messages go to it and shards may be owned by it. */
  public boolean isLive() {
    return this == ALIVE || this == SUSPECT;
  }
}
