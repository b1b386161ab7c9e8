package dev.starling.tools.load;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The command, run inside of this process. */
record LoadRun(int status, String out, String err) {
  private static final Map<String, String> USUAL =
      Map.of(
          "--seconds", "0.4",
          "--warmup-seconds", "0",
          "--drain-seconds", "1",
          "--connect-rate", "1000",
          "--clients", "4",
          "--rate", "400");

  static LoadRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new LoadCommand(Map.of(), InstantSource.system()))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new LoadRun(status, out.toString(), err.toString());
  }

  /** A short run against a stub, with JSON as its output. */
  static LoadRun against(StubServer stub, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--url", stub.url(), "--anonymous", "--json"));
    all.addAll(List.of(arguments));
    USUAL.forEach((option, value) -> {
      if (!all.contains(option)) {
        all.addAll(List.of(option, value));
      }
    });
    return of(all.toArray(String[]::new));
  }

  /** The first number with this name in the output. */
  long number(String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":([0-9]+)").matcher(out);
    if (!matcher.find()) {
      throw new AssertionError("no " + name + " in " + out + err);
    }
    return Long.parseLong(matcher.group(1));
  }
}
