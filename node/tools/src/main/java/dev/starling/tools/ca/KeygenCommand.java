package dev.starling.tools.ca;

import dev.starling.tools.SecretFile;
import dev.starling.tools.Table;
import dev.starling.tools.VersionText;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws keys, and changes those in a file of them in turn. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Draws a secret of 256 bits for auth.secret, auth.secrets, api.keys or cluster.keys.",
      "Its commands look after a file of keys, as cluster.keysFile names it."
    },
    footer = {
      "",
      "To change the key of a running cluster: add on all nodes, activate on all nodes, retire",
      "on all nodes; a few seconds between, until every node has read its file again."
    })
public final class KeygenCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");

  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Prints NAME=SECRET, as lists of keys take it.")
  private @Nullable String name;

  private KeygenCommand(InstantSource clock) {
    this.clock = clock;
  }

  /** The command with its parts. */
  public static CommandLine with(InstantSource clock) {
    return new CommandLine(new KeygenCommand(clock));
  }

  @Override
  public Integer call() {
    println(name == null ? SecretFile.draw() : checked(name) + "=" + SecretFile.draw());
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Adds a new key, which opens and doesn't seal yet; makes the file.")
  int add(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "What it is called; default: today's date.")
          @Nullable String given) {
    KeyFile keys = KeyFile.read(file);
    String chosen = given == null ? today(keys.names()) : checked(given);
    keys.add(chosen);
    println(chosen);
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Lets a key seal from now on.")
  int activate(
      @Parameters(paramLabel = "FILE") Path file, @Parameters(paramLabel = "NAME") String key) {
    KeyFile.read(file).activate(key);
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Takes a key out that seals no more.")
  int retire(
      @Parameters(paramLabel = "FILE") Path file, @Parameters(paramLabel = "NAME") String key) {
    KeyFile.read(file).retire(key);
    return CommandLine.ExitCode.OK;
  }

  @Command(mixinStandardHelpOptions = true, description = "Names the keys; shows no secret.")
  int show(@Parameters(paramLabel = "FILE") Path file) {
    List<String> names = KeyFile.read(file).names();
    Table table = new Table(List.of("NAME", "DOES"));
    for (String one : names) {
      table.add(List.of(one, one.equals(names.getFirst()) ? "seals and opens" : "opens"));
    }
    spec.commandLine().getOut().print(table.text());
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private String today(List<String> taken) {
    String date = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    String free = date;
    for (int i = 2; taken.contains(free); i++) {
      free = date + "-" + i;
    }
    return free;
  }

  private String checked(String given) {
    if (!NAME.matcher(given).matches()) {
      throw new ParameterException(
          spec.commandLine(), "--name takes 1 to 32 letters, digits, '.', '_' and '-'");
    }
    return given;
  }

  private void println(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
