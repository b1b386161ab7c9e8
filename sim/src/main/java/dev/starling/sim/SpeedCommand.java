package dev.starling.sim;

import dev.starling.membership.swim.SwimConfig;
import dev.starling.sim.network.Even;
import dev.starling.sim.network.LinkQuality;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.World;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast virtual time passes. */
@Command(
    name = "speed",
    description =
        "Measure events a second and virtual seconds a second, on one thread, in quiet groups.",
    mixinStandardHelpOptions = true)
final class SpeedCommand implements Runnable {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long SETTLED = 10 * SECOND;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--nodes",
      split = ",",
      defaultValue = "100,1000,10000",
      description = "sizes of groups (${DEFAULT-VALUE})")
  private List<Integer> nodes = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "real seconds for each size, at least (${DEFAULT-VALUE})")
  private int seconds;

  @Override
  public void run() {
    nodes.forEach(this::measure);
  }

  private void measure(int size) {
    World world =
        new World(
            1, new Even(size, LinkQuality.fixed(MILLI)), CoreUnderTest.flat(SwimConfig.region()));
    world.startAcquainted();
    world.events().runUntil(SETTLED);
    long happened = world.events().happened();
    long virtual = world.events().now();
    long began = System.nanoTime();
    long real = 0;
    while (real < seconds * SECOND) {
      world.events().runUntil(world.events().now() + SECOND);
      real = System.nanoTime() - began;
    }
    double realSeconds = (double) real / SECOND;
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%6d nodes: %,12.0f events/s, %,10.2f times real time (%.0f events a node and virtual second)",
                size,
                (world.events().happened() - happened) / realSeconds,
                (world.events().now() - virtual) / (double) SECOND / realSeconds,
                (world.events().happened() - happened)
                    / ((world.events().now() - virtual) / (double) SECOND)
                    / size));
  }
}
