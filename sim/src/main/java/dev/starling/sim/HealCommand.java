package dev.starling.sim;

import dev.starling.sim.rooms.Divergence;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how soon rooms that went their own ways are equal. */
@Command(
    name = "heal",
    description =
        "Let rooms go their own ways in two regions, and measure how soon they are equal once these"
            + " are connected, and at what cost; exit 1 when it takes too much.",
    mixinStandardHelpOptions = true)
final class HealCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--rooms", defaultValue = "10000", description = "how many (${DEFAULT-VALUE})")
  private int rooms;

  @Option(names = "--seed", defaultValue = "1", description = "which (${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() {
    Divergence.Healed healed = new Divergence(seed, rooms).run();
    spec.commandLine().getOut().println(healed);
    return healed.holds() ? 0 : 1;
  }
}
