package dev.starling.server.store;

import java.util.regex.Pattern;

/**
 * Whose store it is. One of another cluster or region is refused, since rooms may be pinned to
 * regions; another node's name is taken over, since rooms belong to no node.
 *
 * @param cluster 1 to 255 printable characters without spaces, as {@code region} and {@code node}
 */
public record StoreIdentity(String cluster, String region, String node) {
  private static final Pattern WORD = Pattern.compile("[!-~]{1,255}");

  public StoreIdentity {
    check(cluster);
    check(region);
    check(node);
  }

  private static void check(String word) {
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException("not 1 to 255 printable characters: " + word);
    }
  }
}
