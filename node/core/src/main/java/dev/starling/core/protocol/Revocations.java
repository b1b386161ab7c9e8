package dev.starling.core.protocol;

/** Which grants were taken back before their end; safe to ask from any thread. */
@FunctionalInterface
public interface Revocations {
  /** None. */
  Revocations NONE = grant -> false;

  /** Whether a grant was taken back. */
  boolean cover(Grant grant);
}
