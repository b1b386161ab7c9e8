package dev.starling.server.config;

import static dev.starling.server.config.Kind.choice;
import static dev.starling.server.config.Kind.directory;
import static dev.starling.server.config.Kind.flag;
import static dev.starling.server.config.Kind.label;
import static dev.starling.server.config.Kind.readableFile;
import static dev.starling.server.config.Kind.secret;
import static dev.starling.server.config.Kind.serverUrls;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/** The table: every setting, in the order of the reference; the limits have a file of their own. */
final class SettingTable {
  private static final int HOUR_MILLIS = 3_600_000;
  private static final SettingRows ROWS = new SettingRows();

  static final Setting<String> CLIENT_HOST =
      ROWS.of(
          "client.host",
          Kind.host(),
          "127.0.0.1",
          "The address that clients connect to. Anything but a loopback address needs TLS or a"
              + " declared proxy.");
  static final Setting<Integer> CLIENT_PORT =
      ROWS.number(
          "client.port",
          "",
          0,
          65_535,
          7400,
          "The port that clients connect to; 0 takes any free one and logs it.");
  static final Setting<TlsMode> CLIENT_TLS =
      ROWS.optional(
          "client.tls",
          choice(TlsMode.class),
          "`off` on loopback, else `on`",
          "Who ends TLS: `on` is the node itself, `proxied` a proxy in front of it, `off` nobody"
              + " (loopback only).");
  static final Setting<URI> CLIENT_PUBLIC_URL =
      ROWS.optional(
          "client.publicUrl",
          Kind.clientUrl(),
          "from host and port",
          "How clients reach this node from outside, for the list of entry points that they are"
              + " told.");

  static final Setting<List<String>> CLIENT_ORIGINS =
      ROWS.optional(
          "client.origins",
          Origins.kind(),
          "the node's own host; on loopback `*`",
          "Which pages may connect from browsers: `https://app.example.com`, with"
              + " `https://*.example.com` for every host below, `*` for all. Others are refused with"
              + " 403.");
  static final Setting<Boolean> CLIENT_ORIGIN_REQUIRED =
      ROWS.of(
          "client.originRequired",
          flag(),
          false,
          "Refuses clients that name no origin too, as apps outside of browsers do.");

  static final Setting<List<String>> PROXY_ADDRESSES =
      ROWS.of(
          "proxy.addresses",
          AddressRanges.kind(),
          List.of(),
          "The addresses of the proxies in front; what anybody else says of a client's address is"
              + " ignored.");
  static final Setting<ProxiedAddress> PROXY_CLIENT_ADDRESS =
      ROWS.of(
          "proxy.clientAddress",
          choice(ProxiedAddress.class),
          ProxiedAddress.NONE,
          "How these proxies say where a client comes from: the PROXY protocol (version 1 or 2), or"
              + " a header of the request. With `none` all clients count as the proxy's.");

  static final Setting<Boolean> CONFORMANCE_ENABLED =
      ROWS.of(
          "conformance.enabled",
          flag(),
          false,
          "Echoes WebSocket messages under `/conformance/ws`, for suites that test WebSocket; on"
              + " loopback only.");

  static final Setting<Path> TLS_CERTIFICATE =
      ROWS.optional(
          "tls.certificate",
          readableFile(),
          "none",
          "PEM file with the certificate that clients see, followed by its intermediates.");
  static final Setting<Path> TLS_KEY =
      ROWS.optional(
          "tls.key",
          readableFile(),
          "none",
          "PEM file with that certificate's private key (PKCS #8).");

  static {
    ROWS.include(AuthTable.ALL);
  }

  static final Setting<Boolean> DEMO_ENABLED =
      ROWS.of("demo.enabled", flag(), false, "Serves the demo room under `/`.");

  static final Setting<List<String>> ICE_STUN_URLS =
      ROWS.of(
          "ice.stunUrls", serverUrls("stun"), List.of(), "STUN servers that clients are told of.");
  static final Setting<List<String>> ICE_TURN_URLS =
      ROWS.of(
          "ice.turnUrls",
          serverUrls("turn"),
          List.of(),
          "TURN servers that clients are told of, with credentials made for each of them.");
  static final Setting<Secret> ICE_TURN_SECRET =
      ROWS.optional(
          "ice.turnSecret",
          secret(16),
          "none",
          "The secret shared with the TURN servers (coturn: `static-auth-secret`).");
  static final Setting<Integer> ICE_TURN_TTL_SECONDS =
      ROWS.number(
          "ice.turnTtlSeconds",
          "seconds",
          60,
          86_400,
          3600,
          "How long TURN credentials are good for. Shorter is safer when one leaks; a call that"
              + " starts after it fails.");

  static final Setting<String> NODE_NAME =
      ROWS.optional(
          "node.name", label(), "from the host's name", "This node's name, unlike any other's.");
  static final Setting<String> NODE_REGION =
      ROWS.of("node.region", label(), "local", "The region that this node is in.");
  static final Setting<String> NODE_ZONE =
      ROWS.of(
          "node.zone",
          label(),
          "local",
          "The failure domain within the region that this node is in, such as an availability zone.");
  static final Setting<List<Role>> NODE_ROLES =
      ROWS.of(
          "node.roles",
          Kind.choices(Role.class),
          List.of(Role.CORE, Role.EDGE),
          "What this node does: `core` nodes own shards, `edge` nodes terminate clients.");

  static {
    ROWS.include(ClusterTable.ALL);
    ROWS.include(AdminTable.ALL);
  }

  static final Setting<Integer> ROOM_GRACE_MS =
      ROWS.number(
          "room.graceMs",
          "milliseconds",
          0,
          60_000,
          4000,
          "How long a member whose connection broke is still shown. Longer hides more reconnects,"
              + " and shows ghosts longer.");
  static final Setting<Integer> ROOM_REGION_HIDE_MS =
      ROWS.number(
          "room.regionHideMs",
          "milliseconds",
          0,
          HOUR_MILLIS,
          10_000,
          "How long members of a region that can't be reached are still shown.");
  static final Setting<Integer> ROOM_CHAT_MESSAGES =
      ROWS.number(
          "room.chatMessages", "messages", 0, 10_000, 200, "How many chat messages a room keeps.");
  static final Setting<Integer> ROOM_EMPTY_MS =
      ROWS.number(
          "room.emptyMs",
          "milliseconds",
          0,
          24 * HOUR_MILLIS,
          60_000,
          "How long a room without members keeps its settings and chat.");

  static final Setting<Path> STORE_DIRECTORY =
      ROWS.optional(
          "store.directory",
          directory(),
          "none",
          "Where a node of a cluster keeps the rooms that it owns, so that they outlive all nodes"
              + " ending at once; without it they are in memory only. Its parent must exist, and"
              + " each node needs one of its own.");

  static final Setting<Integer> SESSION_RESUME_MS =
      ROWS.number(
          "session.resumeMs",
          "milliseconds",
          0,
          HOUR_MILLIS,
          120_000,
          "How long a session without a connection can be resumed. Longer costs memory for each"
              + " client that went away.");
  static final Setting<Integer> SESSION_HEARTBEAT_MS =
      ROWS.number(
          "session.heartbeatMs",
          "milliseconds",
          100,
          5000,
          5000,
          "After how much silence a ping is sent; twice as much ends the connection. Shorter"
              + " notices sooner and costs traffic.");
  static final Setting<Integer> SESSION_CONFIRM_MS =
      ROWS.number(
          "session.confirmMs",
          "milliseconds",
          10,
          5000,
          1000,
          "Within what time clients confirm the events they took in. Shorter lets senders know"
              + " sooner and costs traffic.");
  static final Setting<Integer> SESSION_REQUEST_TIMEOUT_MS =
      ROWS.number(
          "session.requestTimeoutMs",
          "milliseconds",
          100,
          9500,
          9500,
          "After what time a signal or broadcast that was not confirmed is answered as such;"
              + " clients are promised 10 s.");

  static final Setting<Level> LOG_LEVEL =
      ROWS.of(
          "log.level",
          choice(Level.class),
          Level.INFO,
          "How much is logged, to standard error; libraries never below `info`.");
  static final Setting<LogFormat> LOG_FORMAT =
      ROWS.of(
          "log.format",
          choice(LogFormat.class),
          LogFormat.TEXT,
          "`text` for people, `json` for one JSON object a line.");

  static final Setting<Integer> SHUTDOWN_DRAIN_MS =
      ROWS.number(
          "shutdown.drainMs",
          "milliseconds",
          0,
          HOUR_MILLIS,
          5000,
          "How long a node that was asked to end gives its clients to move.");

  static final Setting<Boolean> WARMUP_ENABLED =
      ROWS.of(
          "warmup.enabled",
          flag(),
          true,
          "Exercises the delivery path before the node says that it is ready, so that the first"
              + " clients are not slow.");

  /** The whole table, the limits last. */
  static final List<Setting<?>> ALL =
      Stream.concat(ROWS.list().stream(), LimitTable.ALL.stream()).toList();

  private SettingTable() {}
}
