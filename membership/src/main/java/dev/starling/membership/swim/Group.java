package dev.starling.membership.swim;

import dev.starling.membership.NodeInfo;

/**
 * Which nodes watch each other.
 *
 * @param name names the group in every packet
 * @param regional whether only nodes of the region of that name belong; facts about others are then
 *     carried along, and left to their own region to judge
 */
public record Group(String name, boolean regional) {
  /** The bridges of all regions. No region's name has a slash, so none is taken for this. */
  public static final String WAN = "/wan";

  /** What bridges of different regions say to each other directly. */
  public static final String BRIDGES = "/bridges";

  /** The nodes of one region. */
  public static Group ofRegion(String region) {
    return new Group(region, true);
  }

  /** Nodes from anywhere. */
  public static Group ofAll(String name) {
    return new Group(name, false);
  }

  boolean admits(NodeInfo info) {
    return !regional || info.region().equals(name);
  }
}
