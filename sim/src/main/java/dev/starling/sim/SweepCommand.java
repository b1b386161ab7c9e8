package dev.starling.sim;

import dev.starling.membership.swim.SwimConfig;
import dev.starling.sim.measure.GroupQuality;
import dev.starling.sim.measure.Parameter;
import dev.starling.sim.measure.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how good a group is with other parameters. */
@Command(
    name = "sweep",
    description =
        "Vary parameters of a group, one at a time: false deaths, detection and bytes under loss.",
    mixinStandardHelpOptions = true)
final class SweepCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** What can be swept. */
  private enum Subject {
    group
  }

  @Parameters(paramLabel = "SCENARIO", description = "${COMPLETION-CANDIDATES}: of one region")
  private Subject subject = Subject.group;

  @Option(
      names = "--vary",
      paramLabel = "KEY=a,b,c",
      description = "what to vary; all parameters where none is named, and 'default' for none")
  private List<String> varied = new ArrayList<>();

  @Option(names = "--nodes", split = ",", defaultValue = "30,100", description = "${DEFAULT-VALUE}")
  private List<Integer> nodes = List.of();

  @Option(names = "--loss", split = ",", defaultValue = "0,10,30", description = "percent")
  private List<Integer> losses = List.of();

  @Option(names = "--seconds", defaultValue = "3600", description = "virtual, for false deaths")
  private int seconds;

  @Option(names = "--crashes", defaultValue = "100", description = "for detection")
  private int crashes;

  @Option(names = "--seed", defaultValue = "1", description = "${DEFAULT-VALUE}")
  private long seed;

  @Override
  public void run() {
    line(
        "| "
            + subject
            + " | N | loss | false deaths/h | first p50 s | p99 | last p50 s | p99 | pauses of 2 s taken for deaths | B/s |");
    line("|---|---|---|---|---|---|---|---|---|---|");
    measure("default", SwimConfig.region());
    for (Variation variation : variations()) {
      for (double value : variation.values()) {
        SwimConfig changed = variation.parameter().change(SwimConfig.region(), value);
        if (!changed.equals(SwimConfig.region())) {
          measure(
              String.format(Locale.ROOT, "%s %.0f", variation.parameter().key(), value), changed);
        }
      }
    }
  }

  private record Variation(Parameter parameter, List<Double> values) {}

  private List<Variation> variations() {
    List<Variation> variations = new ArrayList<>();
    if (varied.isEmpty()) {
      for (Parameter parameter : Parameter.all()) {
        variations.add(new Variation(parameter, parameter.usual()));
      }
    }
    for (String text : varied) {
      if (!text.equals("default")) {
        variations.add(variation(text));
      }
    }
    return variations;
  }

  private Variation variation(String text) {
    String[] parts = text.split("=", 2);
    try {
      Parameter parameter = Parameter.of(parts[0]).orElseThrow(() -> unknown(text));
      List<Double> values = new ArrayList<>(parameter.usual());
      if (parts.length == 2) {
        values.clear();
        for (String value : parts[1].split(",", -1)) {
          values.add(Double.valueOf(value));
        }
      }
      return new Variation(parameter, values);
    } catch (NumberFormatException unreadable) {
      throw unknown(text);
    }
  }

  private ParameterException unknown(String text) {
    List<String> keys = new ArrayList<>();
    for (Parameter parameter : Parameter.all()) {
      keys.add(parameter.key());
    }
    return new ParameterException(
        spec.commandLine(), text + " is not KEY=a,b,c with a key of " + String.join(", ", keys));
  }

  private void measure(String what, SwimConfig config) {
    for (int size : nodes) {
      for (int loss : losses) {
        GroupQuality quality = GroupQuality.of(config, size, loss / 100.0, seconds, crashes, seed);
        line(
            String.format(
                Locale.ROOT,
                "| %s | %d | %d %% | %.1f | %.1f | %.1f | %.1f | %.1f | %.0f %% | %,.0f |",
                what,
                size,
                loss,
                quality.falseDeathsPerHour(),
                Percentile.of(quality.firstSeconds(), 0.5),
                Percentile.of(quality.firstSeconds(), 0.99),
                Percentile.of(quality.lastSeconds(), 0.5),
                Percentile.of(quality.lastSeconds(), 0.99),
                100 * quality.pausesTakenForDeaths(),
                quality.bytesPerSecond()));
      }
    }
  }

  private void line(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }
}
