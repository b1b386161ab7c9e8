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
 * @param unreachable the regions that it can't reach, as one of its region's bridges; at most
 *     {@value #MAX_UNREACHABLE} with {@value #MAX_UNREACHABLE_CHARACTERS} characters in all
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
    List<String> urls,
    List<String> unreachable) {
  /** The longest name of a region or a zone, in characters. */
  public static final int MAX_PLACE = 40;

  /** How many entry URLs a node may have. */
  public static final int MAX_URLS = 4;

  /** How long they may be together, in characters. */
  public static final int MAX_URL_CHARACTERS = 192;

  /** How many regions it may say it can't reach. */
  public static final int MAX_UNREACHABLE = 8;

  /** How long their names may be together, in characters. */
  public static final int MAX_UNREACHABLE_CHARACTERS = 100;

  public NodeInfo {
    Text.requireToken("region", region, MAX_PLACE);
    Text.requireToken("zone", zone, MAX_PLACE);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a node has at least one role");
    }
    if (loadPermille < 0 || loadPermille > 1_000) {
      throw new IllegalArgumentException("load out of 0 to 1000: " + loadPermille);
    }
    requireShort("urls", urls, MAX_URLS, MAX_URL_CHARACTERS);
    requireShort("regions", unreachable, MAX_UNREACHABLE, MAX_UNREACHABLE_CHARACTERS);
    roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    urls = List.copyOf(urls);
    unreachable = List.copyOf(unreachable);
  }

  /** Whether it owns shards. */
  public boolean isCore() {
    return roles.contains(NodeRole.CORE);
  }

  /** The same node, as busy as given. */
  public NodeInfo withLoad(int permille) {
    return new NodeInfo(
        datagrams, streams, region, zone, roles, permille, draining, versions, urls, unreachable);
  }

  /** The same node, taking new sessions or not. */
  public NodeInfo withDraining(boolean isDraining) {
    return new NodeInfo(
        datagrams,
        streams,
        region,
        zone,
        roles,
        loadPermille,
        isDraining,
        versions,
        urls,
        unreachable);
  }

  /** The same node, which can't reach these regions. */
  public NodeInfo withUnreachable(List<String> regions) {
    return new NodeInfo(
        datagrams, streams, region, zone, roles, loadPermille, draining, versions, urls, regions);
  }

  private static void requireShort(String what, List<String> texts, int most, int characters) {
    if (texts.size() > most) {
      throw new IllegalArgumentException(texts.size() + " " + what + ", not " + most + " at most");
    }
    int total = 0;
    for (String text : texts) {
      Text.requirePrintable(what, text, 1, characters);
      total += text.length();
    }
    if (total > characters) {
      throw new IllegalArgumentException(what + " have " + total + " characters in all");
    }
  }
}
