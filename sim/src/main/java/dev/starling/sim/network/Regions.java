package dev.starling.sim.network;

import java.util.List;

/**
 * Regions of equally many hosts, in three zones each. The round trips between the product's three
 * regions are those of public tables of 2017: us-west-2 to eu-west-1 137 ms, to ap-southeast-1 161
 * ms, eu-west-1 to ap-southeast-1 239 ms; within a region 0.3 ms, between zones up to 3.4 ms.
 */
public record Regions(List<String> names, int hostsEach) implements Topology {
  private static final long MICRO = 1_000;
  private static final int ZONES = 3;
  private static final double[][] ROUND_TRIP_MILLIS = {
    {0.3, 137, 161},
    {137, 0.3, 239},
    {161, 239, 0.3},
  };

  private static final LinkQuality[][] BETWEEN = between();
  private static final LinkQuality SAME_ZONE =
      new LinkQuality(150 * MICRO, 30 * MICRO, 0.001, 2_000 * MICRO);
  private static final LinkQuality OTHER_ZONE =
      new LinkQuality(600 * MICRO, 200 * MICRO, 0.001, 3_000 * MICRO);

  /** The product's three regions. */
  public static Regions three(int hostsEach) {
    return new Regions(List.of("us-west-2", "eu-west-1", "ap-southeast-1"), hostsEach);
  }

  /** Two of them. */
  public static Regions two(int hostsEach) {
    return new Regions(List.of("us-west-2", "eu-west-1"), hostsEach);
  }

  /** One region. */
  public static Regions one(int hosts) {
    return new Regions(List.of("us-west-2"), hosts);
  }

  public Regions {
    if (names.isEmpty() || names.size() > ROUND_TRIP_MILLIS.length || hostsEach < 1) {
      throw new IllegalArgumentException("1 to 3 regions of at least one host");
    }
    names = List.copyOf(names);
  }

  @Override
  public int hosts() {
    return names.size() * hostsEach;
  }

  @Override
  public String name(int host) {
    return region(host) + "-" + host % hostsEach;
  }

  @Override
  public String region(int host) {
    return names.get(host / hostsEach);
  }

  @Override
  public String zone(int host) {
    return region(host) + "-" + (char) ('a' + host % hostsEach % ZONES);
  }

  @Override
  public LinkQuality between(int from, int to) {
    int fromRegion = from / hostsEach;
    int toRegion = to / hostsEach;
    if (fromRegion != toRegion) {
      return BETWEEN[fromRegion][toRegion];
    }
    return from % hostsEach % ZONES == to % hostsEach % ZONES ? SAME_ZONE : OTHER_ZONE;
  }

  private static LinkQuality[][] between() {
    LinkQuality[][] links = new LinkQuality[ROUND_TRIP_MILLIS.length][ROUND_TRIP_MILLIS.length];
    for (int from = 0; from < links.length; from++) {
      for (int to = 0; to < links.length; to++) {
        long oneWay = (long) (ROUND_TRIP_MILLIS[from][to] * 1_000 * MICRO / 2);
        links[from][to] = new LinkQuality(oneWay, oneWay / 50, 0.001, oneWay);
      }
    }
    return links;
  }
}
