package dev.starling.bench.atomix;

import io.atomix.cluster.AtomixCluster;
import io.atomix.cluster.Node;
import io.atomix.cluster.discovery.BootstrapDiscoveryProvider;
import io.atomix.cluster.protocol.SwimMembershipProtocol;
import io.atomix.utils.net.Address;
import java.util.ArrayList;
import java.util.List;

/** Joins by the seeds it is told, with every parameter as Atomix has it, and prints what it sees. */
public final class Agent {
  private static final int PORT = 7500;

  private Agent() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments its name, its address, and the addresses of seeds
   */
  public static void main(String[] arguments) throws Exception {
    List<Node> seeds = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      seeds.add(
          Node.builder().withId("seed-" + i).withAddress(Address.from(arguments[i], PORT)).build());
    }
    AtomixCluster cluster =
        AtomixCluster.builder()
            .withClusterId("bench")
            .withMemberId(arguments[0])
            .withAddress(Address.from(arguments[1], PORT))
            .withMulticastEnabled(false)
            .withMembershipProtocol(SwimMembershipProtocol.builder().build())
            .withMembershipProvider(BootstrapDiscoveryProvider.builder().withNodes(seeds).build())
            .build();
    cluster
        .getMembershipService()
        .addListener(
            event ->
                System.out.println(
                    System.currentTimeMillis() + " " + event.type() + " " + event.subject().id()));
    cluster.start().join();
    Thread.currentThread().join();
  }
}
