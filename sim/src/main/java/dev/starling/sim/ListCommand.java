package dev.starling.sim;

import dev.starling.sim.scenario.Scenario;
import dev.starling.sim.validate.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what there is to run. */
@Command(
    name = "list",
    description = "List scenarios (run) and published figures (validate).",
    mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}")
  private Output output = Output.table;

  /** How to print. */
  private enum Output {
    table,
    json
  }

  private record Entry(String kind, String name, String title) {}

  @Override
  public void run() {
    List<Entry> entries = new ArrayList<>();
    for (Scenario scenario : Scenarios.all()) {
      entries.add(new Entry("scenario", scenario.name(), scenario.title()));
    }
    for (Validation validation : Validation.all()) {
      entries.add(new Entry("validation", validation.name(), validation.title()));
    }
    String pattern =
        output == Output.json
            ? "{\"kind\":\"%s\",\"name\":\"%s\",\"title\":\"%s\"}"
            : "%-11s %-6s %s";
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries) {
      lines.add(String.format(Locale.ROOT, pattern, entry.kind(), entry.name(), entry.title()));
    }
    String all =
        output == Output.json ? "[" + String.join(",\n", lines) + "]" : String.join("\n", lines);
    spec.commandLine().getOut().println(all);
  }
}
