package dev.starling.membership;

/**
 * The versions of the protocol between nodes that a node speaks, both ends included; a rolling
 * upgrade needs them to overlap.
 *
 * @param oldest at least 1
 * @param newest at least {@code oldest}, at most 65,535
 */
public record VersionRange(int oldest, int newest) {
  public VersionRange {
    if (oldest < 1 || newest < oldest || newest > 65_535) {
      throw new IllegalArgumentException("no range of versions: " + oldest + " to " + newest);
    }
  }

  /** Whether both sides speak a common version. */
  public boolean meets(VersionRange other) {
    return oldest <= other.newest && other.oldest <= newest;
  }
}
