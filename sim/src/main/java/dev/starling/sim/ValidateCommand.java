package dev.starling.sim;

import dev.starling.sim.validate.Figure;
import dev.starling.sim.validate.Validation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures published figures again. */
@Command(
    name = "validate",
    description =
        "Measure published figures on the production core; exit 1 when one doesn't agree.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(description = "which, for example V1; all where none is named", arity = "0..*")
  private List<String> names = new ArrayList<>();

  @Option(names = "--seed", defaultValue = "1", description = "the first seed (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--size",
      defaultValue = "1",
      description = "share of the full number of samples (${DEFAULT-VALUE})")
  private double size;

  @Override
  public Integer call() {
    boolean holds = true;
    for (Validation validation : chosen()) {
      holds &= print(validation, validation.measure(seed, size));
    }
    return holds ? 0 : 1;
  }

  private List<Validation> chosen() {
    List<Validation> all = Validation.all();
    List<Validation> chosen =
        all.stream().filter(v -> names.isEmpty() || names.contains(v.name())).toList();
    if (chosen.size() < names.size()) {
      String known = String.join(", ", all.stream().map(Validation::name).toList());
      throw new ParameterException(spec.commandLine(), "there are " + known);
    }
    return chosen;
  }

  private boolean print(Validation validation, List<Figure> figures) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(validation.name() + "  " + validation.title());
    boolean holds = true;
    for (Figure figure : figures) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %-52s known %10.4g   measured %10.4g   %s",
              figure.what(),
              figure.expected(),
              figure.measured(),
              verdict(figure)));
      holds &= figure.holds();
    }
    return holds;
  }

  private static String verdict(Figure figure) {
    if (!figure.isHeldTo()) {
      return "another design";
    }
    return figure.holds() ? "agrees" : "DIFFERS";
  }
}
