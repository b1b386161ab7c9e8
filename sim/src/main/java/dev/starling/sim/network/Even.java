package dev.starling.sim.network;

/** Hosts that are all equally far from each other, in one region and one zone. */
public record Even(int hosts, LinkQuality link) implements Topology {
  @Override
  public String name(int host) {
    return "n" + host;
  }

  @Override
  public String region(int host) {
    return "even";
  }

  @Override
  public String zone(int host) {
    return "even";
  }

  @Override
  public LinkQuality between(int from, int to) {
    return link;
  }
}
