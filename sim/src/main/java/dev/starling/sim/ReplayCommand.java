package dev.starling.sim;

import dev.starling.sim.check.Violation;
import dev.starling.sim.node.World;
import dev.starling.sim.scenario.Outcome;
import dev.starling.sim.scenario.Scenario;
import dev.starling.sim.scenario.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one seed again. */
@Command(
    name = "replay",
    description = "Run one seed again; the last line is the hash of everything that happened.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  private static final double SECOND = 1e9;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SCENARIO", converter = Scenarios.class, description = "see: sim list")
  private Scenario scenario = Scenarios.all().getFirst();

  @Option(names = "--seed", required = true, description = "which")
  private long seed;

  @Option(names = "--trace", description = "a file for what nodes sent and what they noticed")
  private @Nullable Path trace;

  @Override
  public Integer call() throws IOException {
    Simulation simulation = scenario.prepare(seed);
    Outcome outcome = trace == null ? simulation.run() : traced(simulation, trace);
    PrintWriter out = spec.commandLine().getOut();
    out.println("faults that took effect: " + outcome.effective());
    for (Violation violation : outcome.violations()) {
      out.println(at(violation.atNanos()) + violation.invariant() + ": " + violation.detail());
    }
    out.println(outcome.trace());
    return outcome.isBad() ? 1 : 0;
  }

  private static Outcome traced(Simulation simulation, Path file) throws IOException {
    try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
      World world = simulation.world();
      world.tap((from, send, bytes) ->
          lines.println(
              at(world.events().now())
                  + world.topology().name(from)
                  + " to "
                  + send.to().host()
                  + " "
                  + send.channel()
                  + " "
                  + bytes
                  + " bytes "
                  + send.packet()));
      world.watch((machine, output) ->
          lines.println(at(world.events().now()) + machine.self() + " " + output));
      simulation.listen(line -> lines.println(at(world.events().now()) + line));
      return simulation.run();
    }
  }

  private static String at(long nanos) {
    return String.format(Locale.ROOT, "%12.6f ", nanos / SECOND);
  }
}
