package dev.starling.sim;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The simulator's command line. */
@Command(
    name = "./starling sim",
    description = "Simulate the cluster on virtual time.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ListCommand.class,
      RunCommand.class,
      ReplayCommand.class,
      ValidateCommand.class,
      SpeedCommand.class,
      SweepCommand.class,
      RingCommand.class,
      HealCommand.class
    })
public final class Main {
  private Main() {}

  static void main(String[] arguments) {
    System.exit(commands().execute(arguments));
  }

  static CommandLine commands() {
    return new CommandLine(new Main());
  }
}
