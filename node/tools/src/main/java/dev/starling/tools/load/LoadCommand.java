package dev.starling.tools.load;

import dev.starling.tools.CommandFailure;
import dev.starling.tools.TokenSecret;
import dev.starling.tools.VersionText;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Generates load and tests what a server promises of every signal. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Generates load, and tests that every signal arrives once and in order.",
    footer = {
      "",
      "Exit status: 0 all promises kept, 1 something lost, doubled, out of order or refused,",
      "2 wrong usage, 3 server unreachable. docs/LOAD.md explains figures and limits to raise."
    })
public final class LoadCommand implements Callable<Integer> {
  private static final int UNREACHABLE = 3;
  private static final int MOST_ENTRIES = 1_000_000;

  private final Map<String, String> environment;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LoadOptions options = new LoadOptions();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "ws://127.0.0.1:7400",
      description = "A server; several are taken by turns. Default: ${DEFAULT-VALUE}.")
  private List<String> urls = List.of();

  @Option(
      names = "--protocol",
      paramLabel = "json|proto|socketio",
      split = ",",
      defaultValue = "json",
      description = "What to speak; json,proto: clients take the forms by turns.")
  private List<Protocol> protocols = List.of();

  @Option(
      names = "--chaos",
      paramLabel = "kill-node|stop-node|kill-region|rolling",
      description = "What to break meanwhile; not in this version.")
  private @Nullable String chaos;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Option(names = "--token", paramLabel = "JWT", description = "A token for all clients.")
  private @Nullable String token;

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description = "What to sign tokens with; else STARLING_AUTH_SECRET or the development key.")
  private @Nullable String secret;

  @Option(names = "--anonymous", description = "Clients come without a token.")
  private boolean anonymous;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates (PEM) to trust for wss; else the JDK's.")
  private @Nullable Path authority;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = {
        "The server's process on this machine: CPU and memory are reported; several are",
        "added up."
      })
  private List<Long> pids = List.of();

  @Option(
      names = "--storm",
      description = "All clients drop and come back at once; joins and failures are counted.")
  private boolean storm;

  @Option(names = "--idle", description = "Clients only sit in their rooms for --seconds.")
  private boolean idle;

  @Option(
      names = "--fill",
      paramLabel = "N",
      description = {
        "Clients enter more rooms, --room-size (1 or more) of them each, until N entries",
        "are made; --window joins of each client are under way."
      })
  private int fill;

  @Option(
      names = "--floor",
      description = "Measures a bare relay in the same run, by turns, and gives ratios to it.")
  private boolean floor;

  /** The forms of the protocol. */
  enum Protocol {
    JSON,
    PROTO,
    SOCKETIO
  }

  /**
   * @param environment the environment variables
   * @param clock what tokens are dated by
   */
  public LoadCommand(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException, SSLException {
    refuseWhatIsNotThere();
    LoadPlan plan = options.plan(spec, fill > 0 ? 1 : 2);
    Target target = new Target(webSockets(), false, wires(), tokens());
    ServerProbe probe = pids.isEmpty() ? null : ServerProbe.of(pids);
    try {
      Outcome outcome = run(target, plan, tls(target), probe);
      print(outcome, target, plan);
      return outcome.passed() ? CommandLine.ExitCode.OK : 1;
    } catch (Unreachable unreachable) {
      spec.commandLine().getErr().println("starling: " + unreachable.getMessage());
      return UNREACHABLE;
    }
  }

  private List<Supplier<Wire>> wires() {
    return protocols.stream()
        .<Supplier<Wire>>map(protocol ->
            switch (protocol) {
              case JSON -> JsonWire::new;
              case PROTO -> ProtoWire::new;
              case SOCKETIO -> throw wrongUsage("--protocol socketio is not in this version");
            })
        .toList();
  }

  private Outcome run(
      Target target, LoadPlan plan, @Nullable SslContext tls, @Nullable ServerProbe probe)
      throws InterruptedException {
    Progress progress = Progress.onTerminal();
    if (idle) {
      return new IdleRun(target, plan, tls, probe, progress).run();
    }
    if (fill > 0) {
      try (Fleet fleet = new Fleet(target, plan, tls)) {
        fleet.gather(progress);
        return FillRun.run(fleet, plan, fill, probe, progress);
      }
    }
    if (storm) {
      try (Fleet fleet = new Fleet(target, plan, tls)) {
        fleet.gather(progress);
        return StormRun.run(fleet, plan, probe);
      }
    }
    TrafficRun run = new TrafficRun(target, plan, tls, probe, progress);
    return floor ? run.withFloor() : run.withoutFloor();
  }

  private void print(Outcome outcome, Target target, LoadPlan plan) {
    if (!json) {
      spec.commandLine().getOut().print(outcome.text());
      spec.commandLine().getOut().flush();
      return;
    }
    JsonObject whole =
        new JsonObject()
            .put("urls", target.urls().stream().map(URI::toString).toList())
            .put("protocol", protocolNames())
            .put("plan", plan.json())
            .put("passed", outcome.passed())
            .put("result", outcome.json());
    spec.commandLine().getOut().println(whole);
  }

  private String protocolNames() {
    return protocols.stream()
        .map(protocol -> protocol.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(","));
  }

  private void refuseWhatIsNotThere() {
    if (chaos != null) {
      throw wrongUsage("--chaos is not in this version: it needs a cluster");
    }
    if (floor && options.hasChurn()) {
      throw wrongUsage("--floor and --churn exclude each other");
    }
    if (fill != 0 && (fill < options.clients() || fill > MOST_ENTRIES)) {
      throw wrongUsage("--fill takes 1 for each client, to " + MOST_ENTRIES);
    }
    if ((idle ? 1 : 0) + (storm ? 1 : 0) + (floor ? 1 : 0) + (fill > 0 ? 1 : 0) > 1) {
      throw wrongUsage("--storm, --idle, --fill and --floor exclude each other");
    }
    if ((token != null ? 1 : 0) + (secret != null ? 1 : 0) + (anonymous ? 1 : 0) > 1) {
      throw wrongUsage("--token, --secret and --anonymous exclude each other");
    }
  }

  private List<URI> webSockets() {
    try {
      return urls.stream().map(Target::webSocket).toList();
    } catch (IllegalArgumentException wrong) {
      throw wrongUsage("--url: " + wrong.getMessage());
    }
  }

  private @Nullable LoadTokens tokens() {
    if (anonymous) {
      return null;
    }
    return token != null
        ? LoadTokens.given(token)
        : LoadTokens.signed(
            secret != null ? secret : TokenSecret.find(environment), clock.instant());
  }

  private @Nullable SslContext tls(Target target) throws SSLException {
    if (!target.isSecure()) {
      return null;
    }
    // The JDK's handshake is so dear that it would be the generator that is measured.
    SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    SslContextBuilder builder =
        SslContextBuilder.forClient().sslProvider(provider).protocols("TLSv1.3");
    try {
      return authority == null ? builder.build() : builder.trustManager(authority.toFile()).build();
    } catch (IllegalArgumentException unreadable) {
      throw new CommandFailure("--ca " + authority + ": " + unreadable.getMessage());
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
