package dev.starling.tools;

import dev.starling.tools.ca.CaCommand;
import dev.starling.tools.ca.KeygenCommand;
import dev.starling.tools.ctl.CtlCommand;
import dev.starling.tools.dev.DevCommand;
import dev.starling.tools.load.LoadCommand;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The entry point of the command line. */
@Command(
    name = "starling",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Tools around a Starling node.")
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv(), InstantSource.system()).execute(arguments));
  }

  /**
   * All commands.
   *
   * @param environment the environment variables
   * @param clock what tokens are dated by
   */
  public static CommandLine commandLine(Map<String, String> environment, InstantSource clock) {
    return new CommandLine(new Main())
        .addSubcommand(new TokenCommand(environment, clock))
        .addSubcommand(new DevCommand(environment))
        .addSubcommand(new LoadCommand(environment, clock))
        .addSubcommand(new CtlCommand(environment, clock))
        .addSubcommand(CaCommand.with(environment, clock))
        .addSubcommand(KeygenCommand.with(clock))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::report);
  }

  private static int report(Exception thrown, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (thrown instanceof CommandFailure failure) {
      err.println("starling: " + failure.getMessage());
      return failure.status();
    }
    thrown.printStackTrace(err);
    return FAILED;
  }
}
