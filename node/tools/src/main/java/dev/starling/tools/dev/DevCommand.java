package dev.starling.tools.dev;

import dev.starling.tools.AdminToken;
import dev.starling.tools.CommandFailure;
import dev.starling.tools.Context;
import dev.starling.tools.StarlingHome;
import dev.starling.tools.TokenSecret;
import dev.starling.tools.VersionText;
import dev.starling.tools.ca.PemFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a development cluster until it is ended. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Runs a development cluster on this machine: demo page, development keys.",
    footer = {
      "",
      "Ctrl-C or SIGTERM ends it. Keys, logs and rooms are in the folder dev of STARLING_HOME."
    })
public final class DevCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than a development cluster runs. */
  private static final Duration CONTEXT_LIFETIME = Duration.ofDays(30);

  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--regions",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many regions, 1 to 3; default: ${DEFAULT-VALUE}.")
  private int regions;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many nodes a region, 1 to 8; default: ${DEFAULT-VALUE}. They share rooms.")
  private int nodesPerRegion;

  @Option(
      names = "--base-port",
      paramLabel = "PORT",
      defaultValue = "7400",
      description = "The first node's port for clients; default: ${DEFAULT-VALUE}.")
  private int basePort;

  @Option(
      names = "--tls",
      paramLabel = "off|on",
      defaultValue = "off",
      description = "Whether nodes speak TLS, with a development CA; default: ${DEFAULT-VALUE}.")
  private Tls tls = Tls.OFF;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "An address of this machine for other devices (needs --tls on).")
  private String host = "";

  @Option(names = "--json", description = "Prints one JSON object instead of a table.")
  private boolean json;

  /** Whether nodes speak TLS. */
  enum Tls {
    OFF,
    ON
  }

  /**
   * @param environment the environment variables, which the nodes inherit
   */
  public DevCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException, IOException, GeneralSecurityException {
    checkUsage();
    ClusterPlan planned = new ClusterPlan(regions, nodesPerRegion, host, basePort);
    planned.checkPorts();
    Path home = StarlingHome.of(environment);
    String secret = TokenSecret.find(environment);
    ServerCertificate certificate =
        tls == Tls.ON ? new DevelopmentAuthority(home).certificateFor(host) : null;
    List<NodePlan> plans = planned.nodes(home, certificate);
    try (Cluster cluster = new Cluster()) {
      cluster.start(NodeLauncher.forThisProcess(environment, secret), plans);
      awaitReady(cluster, certificate);
      leaveContext(plans, secret);
      print(cluster, secret, certificate);
      cluster
          .awaitDeath(this::mourn)
          .ifPresent(obituary -> {
            throw new CommandFailure(obituary);
          });
    }
    return CommandLine.ExitCode.OK;
  }

  private void checkUsage() {
    if (regions < 1 || regions > ClusterPlan.REGIONS.size()) {
      throw wrongUsage("--regions takes 1 to " + ClusterPlan.REGIONS.size());
    }
    if (nodesPerRegion < 1 || nodesPerRegion > ClusterPlan.MOST_NODES) {
      throw wrongUsage("--nodes takes 1 to " + ClusterPlan.MOST_NODES);
    }
    if (basePort < 1 || basePort > ClusterPlan.MOST_PORT) {
      throw wrongUsage("--base-port takes 1 to " + ClusterPlan.MOST_PORT);
    }
    InetAddress address = addressOf(host);
    if (address.isAnyLocalAddress()) {
      throw wrongUsage("--host takes the one address that other devices use, not all of them");
    }
    if (tls == Tls.OFF && !address.isLoopbackAddress()) {
      throw wrongUsage("--host needs --tls on: browsers give no camera to plain HTTP pages");
    }
  }

  private InetAddress addressOf(String name) {
    try {
      return InetAddress.getByName(name);
    } catch (IOException unknown) {
      throw wrongUsage("--host " + name + " has no address");
    }
  }

  private static void awaitReady(Cluster cluster, @Nullable ServerCertificate certificate)
      throws InterruptedException, IOException, GeneralSecurityException {
    HttpClient.Builder builder = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY);
    if (certificate != null) {
      builder.sslContext(PemFiles.trusting(certificate.authority()));
    }
    try (Readiness readiness = new Readiness(builder.build(), PATIENCE)) {
      for (NodeProcess node : cluster.nodes()) {
        readiness.await(node);
      }
    }
  }

  /** With it {@code ctl} needs no options. */
  private void leaveContext(List<NodePlan> plans, String secret) {
    String token = AdminToken.of(secret, "dev", Instant.now(), CONTEXT_LIFETIME);
    new Context(plans.stream().map(NodePlan::admin).toList(), false, null, null, null, token)
        .write(StarlingHome.contexts(environment).resolve("dev.json"));
  }

  private void mourn(NodeProcess dead) {
    err().println("starling: " + dead.end() + "; the others go on");
    err().flush();
  }

  private void print(Cluster cluster, String secret, @Nullable ServerCertificate certificate) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ClusterReport.json(cluster.nodes(), secret));
    } else {
      String url = cluster.nodes().getFirst().plan().url() + "/";
      out.print(ClusterReport.table(cluster.nodes()));
      out.println();
      if (certificate != null && !addressOf(host).isLoopbackAddress()) {
        out.println(QrText.of(url));
      }
      out.println("Demo room: " + url);
      out.println("Tokens:    ./starling token --room ROOM --user USER");
      out.println("Operators: ./starling ctl rooms");
      out.println("Ctrl-C ends it.");
    }
    out.flush();
    if (certificate != null) {
      err().print(TrustAdvice.about(certificate.authority()));
      err().flush();
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
