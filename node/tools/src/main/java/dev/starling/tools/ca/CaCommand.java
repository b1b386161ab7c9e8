package dev.starling.tools.ca;

import dev.starling.tools.VersionText;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** An authority for nodes on plain machines, and its certificates. */
@Command(
    name = "ca",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes an authority, and certificates by which nodes know each other.",
    footer = {
      "",
      "Who has the authority's folder can pass for any node: keep it off the nodes. With",
      "STARLING_CA_PASSWORD its key is encrypted; docs/OPERATIONS.md says how to change it."
    })
public final class CaCommand {
  private CaCommand() {}

  /** The command with its parts. */
  public static CommandLine with(Map<String, String> environment, InstantSource clock) {
    return new CommandLine(new CaCommand())
        .addSubcommand(new CaInitCommand(environment))
        .addSubcommand(new CaIssueCommand(environment, clock))
        .addSubcommand(new CaShowCommand(clock));
  }
}
