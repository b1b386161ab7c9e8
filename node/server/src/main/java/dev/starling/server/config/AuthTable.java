package dev.starling.server.config;

import static dev.starling.server.config.Kind.flag;
import static dev.starling.server.config.Kind.namedSecrets;
import static dev.starling.server.config.Kind.readableFile;
import static dev.starling.server.config.Kind.safeUrl;
import static dev.starling.server.config.Kind.secret;
import static dev.starling.server.config.Kind.text;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The settings that say who may come in, and who may command. */
final class AuthTable {
  private static final int SECRET_BYTES = 32;
  private static final int DAY_SECONDS = 86_400;
  private static final SettingRows ROWS = new SettingRows();

  static final Setting<Secret> SECRET =
      ROWS.optional(
          "auth.secret",
          secret(SECRET_BYTES),
          "the development key, on loopback only and where there are no other keys",
          "The key that room tokens are signed with (HMAC SHA-256), the same on all nodes.");
  static final Setting<List<NamedSecret>> SECRETS =
      ROWS.of(
          "auth.secrets",
          namedSecrets(SECRET_BYTES),
          List.of(),
          "Further such keys, each with the `kid` of its tokens for a name; a token without `kid` is"
              + " tried with all. For changing keys.");
  static final Setting<Path> JWKS_FILE =
      ROWS.optional(
          "auth.jwksFile",
          readableFile(),
          "none",
          "A JWK Set with public keys that tokens may be signed with (RSA, EC, Ed25519); read again"
              + " when it changes.");
  static final Setting<URI> JWKS_URL =
      ROWS.optional(
          "auth.jwksUrl",
          safeUrl(),
          "none",
          "Where such a JWK Set is fetched from. Where that fails the keys fetched before stay in"
              + " use.");
  static final Setting<Integer> JWKS_REFRESH_SECONDS =
      ROWS.number(
          "auth.jwksRefreshSeconds",
          "seconds",
          1,
          DAY_SECONDS,
          300,
          "After what time it is fetched again. A key that was taken out of it stays good for so"
              + " long.");
  static final Setting<Integer> JWKS_COOLDOWN_SECONDS =
      ROWS.number(
          "auth.jwksCooldownSeconds",
          "seconds",
          1,
          3600,
          30,
          "How soon after a fetch a token with an unknown `kid`, or the failure of the last one, may"
              + " cause another.");
  static final Setting<Integer> JWKS_TIMEOUT_MS =
      ROWS.number(
          "auth.jwksTimeoutMs",
          "milliseconds",
          100,
          10_000,
          5000,
          "How long a fetch may take. The node's start waits for the first one.");
  static final Setting<String> ISSUER =
      ROWS.optional("auth.issuer", text(512), "anybody", "What a token's `iss` must be.");
  static final Setting<String> AUDIENCE =
      ROWS.optional(
          "auth.audience",
          text(512),
          "anything",
          "What a token's `aud` must be or contain. Set it where whoever signs also signs for other"
              + " services.");
  static final Setting<Integer> LEEWAY_SECONDS =
      ROWS.number(
          "auth.leewaySeconds",
          "seconds",
          0,
          300,
          5,
          "How far the clock of whoever signs may be off: tokens are good so much longer, and"
              + " earlier.");
  static final Setting<Path> REVOCATIONS_FILE =
      ROWS.optional(
          "auth.revocationsFile",
          readableFile(),
          "none",
          "A list of revoked tokens and users, see OPERATIONS.md; read again when it changes.");
  static final Setting<Boolean> ANONYMOUS =
      ROWS.of(
          "auth.anonymous",
          flag(),
          false,
          "Lets clients without a token into every room, as guests with the role of a member.");

  static final Setting<List<NamedSecret>> API_KEYS =
      ROWS.of(
          "api.keys",
          namedSecrets(SECRET_BYTES),
          List.of(),
          "Keys of the HTTP API, each with a name for the logs. Admin tokens open it too.");
  static final Setting<Integer> API_REQUESTS_PER_SECOND =
      ROWS.number(
          "api.requestsPerSecond",
          "requests a second",
          1,
          100_000,
          200,
          "How many requests that need a key the HTTP API takes; more are refused with"
              + " `RATE_LIMITED`.");

  static final List<Setting<?>> ALL = ROWS.list();

  private AuthTable() {}
}
