package dev.starling.tools.ctl;

import dev.starling.tools.CommandFailure;
import dev.starling.tools.Context;
import dev.starling.tools.StarlingHome;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Whom to ask, and by what right; the same for every verb. */
final class Access {
  private static final String SUFFIX = ".json";

  @Option(
      names = "--endpoint",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description = "The node to ask; else those of the context.")
  private @Nullable String endpoint;

  @Option(
      names = "--context",
      paramLabel = "NAME|FILE",
      scope = ScopeType.INHERIT,
      description = {
        "A file in STARLING_HOME/contexts, as ./starling dev leaves one, or any other.",
        "Not needed where there is just one."
      })
  private @Nullable String context;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "An admin token; else STARLING_ADMIN_TOKEN, or that of the context.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--tls",
      scope = ScopeType.INHERIT,
      description = "Connects by TLS and trusts whom the JDK trusts.")
  private boolean tls;

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Connects by TLS and trusts this authority (PEM).")
  private @Nullable String authority;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "An operator's certificate (PEM), instead of a token.")
  private @Nullable String certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The certificate's private key (PEM, PKCS #8).")
  private @Nullable String key;

  /**
   * A client for what the options say.
   *
   * @throws CommandFailure where a file can't be used
   */
  AdminClient client(Map<String, String> environment) {
    Context found = over(chosen(environment), environment);
    List<Endpoint> endpoints;
    try {
      endpoints = found.endpoints().stream().map(Endpoint::of).toList();
    } catch (IllegalArgumentException malformed) {
      throw CommandFailure.wrongUsage("--endpoint: " + malformed.getMessage());
    }
    boolean leaves = !endpoints.stream().allMatch(Endpoint::isLoopback);
    if (!found.tls() && found.token() != null && leaves) {
      throw CommandFailure.wrongUsage(
          "a token goes to another machine by TLS only; give --authority or --tls");
    }
    if (found.certificate() == null != (found.key() == null)) {
      throw CommandFailure.wrongUsage("--certificate and --key go together");
    }
    return new AdminClient(found, endpoints, found.tls() ? tls(found) : null);
  }

  private Context chosen(Map<String, String> environment) {
    Path folder = StarlingHome.contexts(environment);
    if (context != null) {
      Path named = folder.resolve(context + SUFFIX);
      return Context.read(Files.exists(named) ? named : Path.of(context));
    }
    List<Path> contexts = contexts(folder);
    if (contexts.size() == 1) {
      return Context.read(contexts.getFirst());
    }
    if (endpoint != null) {
      return Context.of(List.of(endpoint));
    }
    throw CommandFailure.wrongUsage(
        contexts.isEmpty()
            ? "no cluster is known: start one with ./starling dev, or give --endpoint HOST:PORT"
            : "several clusters are known; choose one with --context: "
                + String.join(", ", contexts.stream().map(Access::name).toList()));
  }

  private static List<Path> contexts(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException unreadable) {
      throw new CommandFailure("the folder " + folder + " can't be read: " + unreadable);
    }
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** What was said on the command line, above the context. */
  private Context over(Context base, Map<String, String> environment) {
    return new Context(
        endpoint == null ? base.endpoints() : List.of(endpoint),
        tls || authority != null || base.tls(),
        authority == null ? base.authority() : authority,
        certificate == null ? base.certificate() : certificate,
        key == null ? base.key() : key,
        token(base, environment));
  }

  private @Nullable String token(Context base, Map<String, String> environment) {
    try {
      String token =
          tokenFile == null
              ? environment.getOrDefault("STARLING_ADMIN_TOKEN", "")
              : Files.readString(tokenFile);
      return token.isBlank() ? base.token() : token.strip();
    } catch (IOException unreadable) {
      throw new CommandFailure("the token " + tokenFile + " can't be read: " + unreadable);
    }
  }

  private static SslContext tls(Context found) {
    try {
      SslContextBuilder builder = GrpcSslContexts.forClient().protocols("TLSv1.3");
      if (found.authority() != null) {
        builder.trustManager(new File(found.authority()));
      }
      if (found.certificate() != null && found.key() != null) {
        builder.keyManager(new File(found.certificate()), new File(found.key()));
      }
      return builder.build();
    } catch (IOException | IllegalArgumentException unusable) {
      throw new CommandFailure(
          "the files for TLS can't be used: "
              + unusable.getMessage()
              + "; check --authority, --certificate and --key");
    }
  }
}
