package dev.starling.sim;

import dev.starling.sim.check.Violation;
import dev.starling.sim.scenario.Outcome;
import dev.starling.sim.scenario.RunFiles;
import dev.starling.sim.scenario.Scenario;
import dev.starling.sim.scenario.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a scenario over a range of seeds. */
@Command(
    name = "run",
    description = "Run a scenario over a range of seeds; exit 1 when an invariant failed.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final int MOST_PRINTED = 10;
  private static final double SECOND = 1e9;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SCENARIO", converter = Scenarios.class, description = "see: sim list")
  private Scenario scenario = Scenarios.all().getFirst();

  @Option(
      names = "--seeds",
      converter = SeedRange.Reader.class,
      defaultValue = "1..1000",
      description = "from..to (${DEFAULT-VALUE})")
  private SeedRange seeds = new SeedRange(1, 1);

  @Option(names = "--jobs", description = "seeds at the same time (the number of processors)")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--out", description = "a folder for runs.csv and summary.json")
  private @Nullable Path out;

  @Option(names = "--until-failed", description = "stop at the first seed that fails")
  private boolean untilFailed;

  private int printed;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Summary summary = new Summary();
    Path folder = out;
    if (folder == null) {
      runAll(summary::add);
    } else {
      try (RunFiles files = new RunFiles(folder)) {
        runAll(outcome -> {
          summary.add(outcome);
          files.add(outcome);
        });
        files.summarise(scenario.name(), summary);
      }
    }
    summary.lines().forEach(this::line);
    return summary.failed().isEmpty() ? 0 : 1;
  }

  /** Takes outcomes in the order of their seeds. */
  private interface Taker {
    void take(Outcome outcome) throws IOException;
  }

  private void runAll(Taker taker) throws IOException, InterruptedException, ExecutionException {
    ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, jobs));
    try {
      ArrayDeque<Future<Outcome>> underWay = new ArrayDeque<>();
      long next = seeds.first();
      boolean stop = false;
      while (!stop && (next <= seeds.last() || !underWay.isEmpty())) {
        while (next <= seeds.last() && underWay.size() < 2 * jobs) {
          long seed = next++;
          underWay.add(workers.submit(() -> scenario.prepare(seed).run()));
        }
        Outcome outcome = underWay.remove().get();
        taker.take(outcome);
        print(outcome);
        stop = untilFailed && outcome.isBad();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private void print(Outcome outcome) {
    if (outcome.isBad() && printed++ < MOST_PRINTED) {
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
  }

  private void line(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }
}
