package dev.starling.tools;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine;

/** A command that was run inside of this process, at one moment. */
public record CommandRun(int status, String out, String err) {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** Runs it. */
  public static CommandRun of(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Main.commandLine(environment, () -> NOW)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    return new CommandRun(command.execute(arguments), out.toString(), err.toString());
  }
}
