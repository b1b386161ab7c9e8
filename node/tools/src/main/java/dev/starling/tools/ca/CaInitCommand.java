package dev.starling.tools.ca;

import dev.starling.tools.CommandFailure;
import dev.starling.tools.VersionText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an authority. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Makes an authority in a new folder.")
final class CaInitCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}");
  private static final int MOST_DAYS = 36_500;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = "ca",
      description = "Where it is kept; default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "Starling CA",
      description = "What it is called; default: ${DEFAULT-VALUE}.")
  private String name = "";

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "3650",
      description = "How long it is good for; default: ${DEFAULT-VALUE}.")
  private int days;

  CaInitCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!NAME.matcher(name).matches()) {
      throw wrongUsage("--name takes letters, digits, spaces, '.', '_' and '-'");
    }
    if (days < 1 || days > MOST_DAYS) {
      throw wrongUsage("--days takes 1 to " + MOST_DAYS);
    }
    CertificateAuthority authority = new CertificateAuthority(folder, CaPassword.find(environment));
    if (authority.exists()) {
      throw new CommandFailure(
          "an authority is in " + folder + "; make the next one in another folder");
    }
    try {
      authority.makeFolder();
      authority.make(name, days);
    } catch (IOException broken) {
      throw new CommandFailure("no authority can be made in " + folder + ": " + broken);
    }
    spec.commandLine().getOut().println(authority.certificate());
    return CommandLine.ExitCode.OK;
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
