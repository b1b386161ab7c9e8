package dev.starling.tools.ca;

import dev.starling.tools.CommandFailure;
import dev.starling.tools.VersionText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Issues a certificate for one node. */
@Command(
    name = "issue",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Issues a certificate for a node, with a new key; run it again to renew.")
final class CaIssueCommand implements Callable<Integer> {
  /** As the server's {@code node.name}. */
  private static final Pattern NODE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final int MOST_DAYS = 825;

  private final Map<String, String> environment;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NODE", description = "The node's node.name.")
  private String node = "";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      required = true,
      description =
          "An address that other nodes reach it at (cluster.host), or a name; may repeat.")
  private List<String> hosts = List.of();

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = "ca",
      description = "The authority's folder; default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where NODE.pem and NODE.key go; default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("");

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "90",
      description = "How long it is good for; default: ${DEFAULT-VALUE}.")
  private int days;

  CaIssueCommand(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    SubjectNames names = checkedNames();
    CertificateAuthority authority = new CertificateAuthority(folder, CaPassword.find(environment));
    if (!authority.exists()) {
      throw new CommandFailure(
          "no authority is in " + folder + "; make one with ./starling ca init, or name --folder");
    }
    Path chain = out.resolve(node + ".pem");
    Path key = out.resolve(node + ".key");
    try {
      checkLifetime(authority);
      Files.createDirectories(out);
      authority.issue(
          new CertificateAuthority.Subject(node, names, "serverAuth,clientAuth", days), out, node);
    } catch (IOException | GeneralSecurityException broken) {
      throw new CommandFailure("no certificate can be issued: " + broken);
    }
    spec.commandLine()
        .getOut()
        .println(
            "cluster.certificate = \""
                + chain
                + "\"\ncluster.key = \""
                + key
                + "\"\ncluster.authority = \""
                + authority.certificate()
                + "\"");
    return CommandLine.ExitCode.OK;
  }

  private SubjectNames checkedNames() {
    if (!NODE.matcher(node).matches()) {
      throw wrongUsage("NODE takes 1 to 63 lower-case letters, digits and inner hyphens");
    }
    if (days < 1 || days > MOST_DAYS) {
      throw wrongUsage("--days takes 1 to " + MOST_DAYS);
    }
    List<String> names = new ArrayList<>(List.of(node));
    hosts.stream().filter(host -> !names.contains(host)).forEach(names::add);
    try {
      return new SubjectNames(names);
    } catch (IllegalArgumentException neither) {
      throw wrongUsage("--host: " + neither.getMessage());
    }
  }

  private void checkLifetime(CertificateAuthority authority)
      throws IOException, GeneralSecurityException {
    var end = PemFiles.certificate(authority.certificate()).getNotAfter().toInstant();
    if (clock.instant().plus(Duration.ofDays(days)).isAfter(end)) {
      throw new CommandFailure(
          "the authority in "
              + folder
              + " ends at "
              + end
              + ", before this certificate would; make the next authority, or give fewer --days");
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
