package dev.starling.server.wiring;

import dev.starling.server.auth.DevelopmentKeys;
import dev.starling.server.config.LogFormat;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.config.Problem;
import dev.starling.server.config.SettingSources;
import dev.starling.server.config.SettingsReader;
import dev.starling.server.config.SettingsResult;
import dev.starling.server.log.LogOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code node} command: one node, until it is told to end. */
@Command(
    name = "starling node",
    description = "Runs one node.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:it was told to end",
      "1:it can't start",
      "2:wrong usage",
      "4:another node lives under its name"
    })
public final class Main implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  /** Who starts it again may: it comes back as a later life of its name. */
  private static final int FENCED = 4;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings in HOCON or JSON; see docs/CONFIGURATION.md")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting, above the file and the environment; may be repeated")
  private List<String> assignments = new ArrayList<>();

  @Option(names = "--check", description = "check the settings, say everything wrong, and stop")
  private boolean check;

  @Option(names = "--parent-pipe", hidden = true, description = "end when standard input does")
  private boolean parentPipe;

  @Option(names = "--until-ready", hidden = true, description = "end when clients could come")
  private boolean untilReady;

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() {
    SettingSources sources =
        new SettingSources(file, System.getenv(), List.copyOf(assignments), hostName());
    return switch (SettingsReader.read(sources)) {
      case SettingsResult.Refused refused -> refuse(refused.problems());
      case SettingsResult.Accepted accepted when check -> show(accepted);
      case SettingsResult.Accepted accepted -> run(accepted.settings());
    };
  }

  private int refuse(List<Problem> problems) {
    problems.forEach(problem -> err().println(problem.line()));
    err().flush();
    return FAILED;
  }

  private int show(SettingsResult.Accepted accepted) {
    PrintWriter out = spec.commandLine().getOut();
    accepted.given().forEach(given -> out.println(given.line()));
    out.println("the settings are good");
    out.flush();
    return DONE;
  }

  private int run(NodeSettings settings) {
    configureLog(settings.log());
    try {
      RunningNode node = RunningNode.start(settings, DevelopmentKeys.home(System.getenv()));
      if (untilReady) {
        node.close();
        return DONE;
      }
      return awaitEnd(node) ? fenced(node, settings.node().name()) : DONE;
    } catch (IOException failed) {
      err().println("the node can't start: " + failed.getMessage());
      err().flush();
      return FAILED;
    }
  }

  /** Whether it has to end because another node lives under its name. */
  private boolean awaitEnd(RunningNode node) {
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "starling-end"));
    CompletableFuture<Boolean> end = node.fenced().thenApply(another -> true);
    if (parentPipe) {
      Thread.ofPlatform()
          .daemon()
          .name("starling-parent")
          .start(() -> {
            awaitParent();
            end.complete(false);
          });
    }
    return end.join();
  }

  private int fenced(RunningNode node, String name) {
    node.close();
    err()
        .println(
            "the node has ended: another node lives under the name "
                + name
                + "; give each node a node.name of its own, or start this one again to replace it");
    err().flush();
    return FENCED;
  }

  /** Returns when whoever started this process is gone, however it went. */
  private static void awaitParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said over this pipe; only its end counts.
      }
    } catch (IOException gone) {
      // A broken pipe says the same as its end.
    }
  }

  private static void configureLog(NodeSettings.Log log) {
    Level level = Level.valueOf(log.level().name().toUpperCase(Locale.ROOT));
    if (log.format() == LogFormat.JSON) {
      LogOutput.json(level);
    } else {
      LogOutput.text(level);
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "node";
    }
  }
}
