package dev.starling.sim;

import dev.starling.sim.check.Violation;
import dev.starling.sim.storm.Storm;
import dev.starling.sim.storm.Storm.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs storms over a range of seeds. */
@Command(
    name = "storm",
    description = "Mixed faults by seed on nine to fifteen nodes; exit 1 when an invariant failed.",
    mixinStandardHelpOptions = true)
final class StormCommand implements Callable<Integer> {
  private static final double SECOND = 1e9;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--from", defaultValue = "1", description = "the first seed (${DEFAULT-VALUE})")
  private long from;

  @Option(names = "--seeds", defaultValue = "100", description = "how many (${DEFAULT-VALUE})")
  private int seeds;

  @Override
  public Integer call() {
    List<Outcome> outcomes =
        LongStream.range(from, from + seeds)
            .parallel()
            .mapToObj(seed -> new Storm(seed).run())
            .toList();
    List<Outcome> failed = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (!outcome.violations().isEmpty()) {
        failed.add(outcome);
      }
    }
    failed.stream().limit(10).forEach(this::print);
    summarise(outcomes, failed.size());
    return failed.isEmpty() ? 0 : 1;
  }

  private void print(Outcome outcome) {
    Violation first = outcome.violations().getFirst();
    line(
        String.format(
            Locale.ROOT,
            "seed %d failed at %.3f s: %s: %s",
            outcome.seed(),
            first.atNanos() / SECOND,
            first.invariant(),
            first.detail()));
  }

  private void summarise(List<Outcome> outcomes, int failed) {
    int[] effective = outcomes.stream().mapToInt(Outcome::effective).sorted().toArray();
    long[] healed = outcomes.stream().mapToLong(Outcome::healedNanos).sorted().toArray();
    line(
        String.format(
            Locale.ROOT,
            "%d seeds, %d failed; %d faults took effect in the median seed (%d planned); "
                + "views equal after the heal: median %.2f s, most %.2f s",
            outcomes.size(),
            failed,
            effective[effective.length / 2],
            outcomes.stream().mapToInt(Outcome::planned).sum() / outcomes.size(),
            healed[healed.length / 2] / SECOND,
            healed[healed.length - 1] / SECOND));
  }

  private void line(String text) {
    spec.commandLine().getOut().println(text);
  }
}
