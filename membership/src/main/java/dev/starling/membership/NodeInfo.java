package dev.starling.membership;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a node says of itself, gossiped with each new incarnation. Bounded so that a fact about any
 * node fits into one datagram.
 *
 * @param datagrams where its membership datagrams go
 * @param streams where its streams are opened
 * @param region the region it is in, {@value #MAX_PLACE} characters at most
 * @param zone the failure domain within the region, {@value #MAX_PLACE} characters at most
 * @param roles what it does, at least one
 * @param loadPermille how busy it is, 0 to 1,000
 * @param draining whether it takes no new sessions
 * @param versions the node-to-node protocol that it speaks
 * @param urls where clients reach it, best first; at most {@value #MAX_URLS} with {@value
 *     #MAX_URL_CHARACTERS} characters in all
 */
public record NodeInfo(
    Endpoint datagrams,
    Endpoint streams,
    String region,
    String zone,
    Set<NodeRole> roles,
    int loadPermille,
    boolean draining,
    VersionRange versions,
    List<String> urls) {
  /** The longest name of a region or a zone, in characters. */
  public static final int MAX_PLACE = 40;

  /** How many entry URLs a node may have. */
  public static final int MAX_URLS = 4;

  /** How long they may be together, in characters. */
  public static final int MAX_URL_CHARACTERS = 256;

  public NodeInfo {
    Text.requireToken("region", region, MAX_PLACE);
    Text.requireToken("zone", zone, MAX_PLACE);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a node has at least one role");
    }
    if (loadPermille < 0 || loadPermille > 1_000) {
      throw new IllegalArgumentException("load out of 0 to 1000: " + loadPermille);
    }
    requireShort(urls);
    roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    urls = List.copyOf(urls);
  }

  /** Whether it owns shards. */
  public boolean isCore() {
    return roles.contains(NodeRole.CORE);
  }

  /** The same node, as busy as given. */
  public NodeInfo withLoad(int permille) {
    return new NodeInfo(
        datagrams, streams, region, zone, roles, permille, draining, versions, urls);
  }

  /** The same node, taking new sessions or not. */
  public NodeInfo withDraining(boolean isDraining) {
    return new NodeInfo(
        datagrams, streams, region, zone, roles, loadPermille, isDraining, versions, urls);
  }

  private static void requireShort(List<String> urls) {
    if (urls.size() > MAX_URLS) {
      throw new IllegalArgumentException(urls.size() + " URLs, not " + MAX_URLS + " at most");
    }
    int characters = 0;
    for (String url : urls) {
      Text.requirePrintable("url", url, 1, MAX_URL_CHARACTERS);
      characters += url.length();
    }
    if (characters > MAX_URL_CHARACTERS) {
      throw new IllegalArgumentException("URLs have " + characters + " characters in all");
    }
  }
}
