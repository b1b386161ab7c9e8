package dev.starling.tools.ca;

import dev.starling.tools.CommandFailure;
import dev.starling.tools.Table;
import dev.starling.tools.VersionText;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows certificates. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Shows whom the certificates in PEM files are for, and when they end.")
final class CaShowCommand implements Callable<Integer> {
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "PEM files; without any the authority in the folder ca.")
  private List<Path> files = List.of();

  CaShowCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Table table = new Table(List.of("FILE", "SUBJECT", "ISSUER", "UNTIL", "DAYS", "NAMES"));
    for (Path file : files.isEmpty() ? List.of(Path.of("ca", "ca.pem")) : files) {
      try {
        for (X509Certificate one : PemFiles.certificates(file)) {
          table.add(row(file, one));
        }
      } catch (IOException | GeneralSecurityException unreadable) {
        throw new CommandFailure(file + " is no readable PEM file of certificates");
      }
    }
    spec.commandLine().getOut().print(table.text());
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private List<String> row(Path file, X509Certificate one) throws CertificateParsingException {
    Instant end = one.getNotAfter().toInstant();
    long days = Duration.between(clock.instant(), end).toDays();
    return List.of(
        file.toString(),
        one.getSubjectX500Principal().getName(),
        one.getIssuerX500Principal().getName(),
        end.toString(),
        end.isBefore(clock.instant()) ? "ended" : Long.toString(days),
        names(one.getSubjectAlternativeNames()));
  }

  private static String names(@Nullable Collection<List<?>> names) {
    return names == null
        ? ""
        : names.stream().map(name -> name.get(1).toString()).collect(Collectors.joining(","));
  }
}
