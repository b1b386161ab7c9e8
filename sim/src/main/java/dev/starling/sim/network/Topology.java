package dev.starling.sim.network;

/**
 * Where hosts are, and how the ways between them are when nothing is wrong. Hosts are numbered from
 * 0.
 */
public interface Topology {
  int hosts();

  String name(int host);

  String region(int host);

  String zone(int host);

  LinkQuality between(int from, int to);
}
