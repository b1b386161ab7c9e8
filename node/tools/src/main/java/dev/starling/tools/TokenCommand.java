package dev.starling.tools;

import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a token: a JWT (RFC 7519) signed with HMAC SHA-256. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Prints a room token or an admin token (JWT).",
    footer = {
      "",
      "It is signed with --secret, else with the environment variable",
      "STARLING_AUTH_SECRET, else with the development key, which is made on first use."
    })
final class TokenCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 128;

  private final Map<String, String> environment;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      description = "A room's name, or a pattern that ends in a star: team-*, or * for any room.")
  private @Nullable String room;

  @Option(names = "--user", required = true, paramLabel = "USER", description = "The user's id.")
  private String user = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "member",
      description = "member or moderator; default: ${DEFAULT-VALUE}.")
  private Role role = Role.MEMBER;

  @Option(
      names = "--admin",
      description = "A token for ./starling ctl and the HTTP API instead of one for rooms.")
  private boolean admin;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = Lifetime.class,
      description = "How long the token is good for: 90s, 30m, 1h, 7d; default: ${DEFAULT-VALUE}.")
  private Duration lifetime = Duration.ZERO;

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description = "The server's auth.secret. Other users of this machine can see it here.")
  private @Nullable String secret;

  /** What a user may do in the room. */
  enum Role {
    MEMBER,
    MODERATOR
  }

  TokenCommand(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    checkName("--user", user);
    spec.commandLine().getOut().println(admin ? adminToken() : roomToken());
    return CommandLine.ExitCode.OK;
  }

  private String adminToken() {
    if (room != null) {
      throw wrongUsage("--admin is for the whole cluster, without --room");
    }
    return AdminToken.of(key(), user, clock.instant(), lifetime);
  }

  private String roomToken() {
    if (room == null) {
      throw wrongUsage("--room is needed, or --admin");
    }
    checkName("--room", room);
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(user)
            .claim("room", room)
            .claim("role", role.name().toLowerCase(Locale.ROOT))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .build();
    return HmacToken.of(claims, key());
  }

  private String key() {
    String key = secret != null ? secret : TokenSecret.find(environment);
    if (key.getBytes(StandardCharsets.UTF_8).length < TokenSecret.LEAST_BYTES) {
      throw wrongUsage("--secret has less than 32 bytes");
    }
    return key;
  }

  private void checkName(String option, String name) {
    boolean printable = name.chars().noneMatch(Character::isISOControl);
    if (name.isEmpty() || name.length() > LONGEST_NAME || !printable) {
      throw wrongUsage(option + " takes 1 to " + LONGEST_NAME + " printable characters");
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
