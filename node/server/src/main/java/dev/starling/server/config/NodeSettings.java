package dev.starling.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Everything that a node can be told, checked: one record a part of the node. Times and sizes carry
 * their unit in their name. Printing it shows no secret.
 */
public record NodeSettings(
    Client client,
    Proxy proxy,
    Conformance conformance,
    @Nullable Tls tls,
    Auth auth,
    Api api,
    Demo demo,
    Ice ice,
    Node node,
    Cluster cluster,
    Admin admin,
    Room room,
    Store store,
    Session session,
    Limits limits,
    Log log,
    Shutdown shutdown,
    Warmup warmup) {

  /**
   * The port for clients.
   *
   * @param port 0 for any free one
   * @param publicUrl how clients reach the node from outside, or null where host and port say it
   * @param origins which pages may connect; null where only the node's own may, or on loopback all
   * @param originRequired whether clients must name their page
   */
  public record Client(
      String host,
      int port,
      TlsMode tls,
      @Nullable URI publicUrl,
      @Nullable List<String> origins,
      boolean originRequired) {
    /** Whether only this machine can connect. */
    public boolean loopback() {
      return Loopback.is(host);
    }
  }

  /**
   * The proxies in front.
   *
   * @param addresses theirs, each with the length of a prefix
   */
  public record Proxy(List<String> addresses, ProxiedAddress clientAddress) {}

  /** The path for suites that test WebSocket. */
  public record Conformance(boolean enabled) {}

  /** The certificate that clients see: PEM files. */
  public record Tls(Path certificate, Path key) {}

  /**
   * Who may come in.
   *
   * @param secret the key of room tokens, or null
   * @param secrets further keys, by {@code kid}
   * @param jwksFile public keys, or null
   * @param jwksUrl where public keys are fetched from, or null
   * @param issuer who must have made a token, or null for anybody
   * @param audience whom a token must be for, or null for anybody
   * @param leewaySeconds how far clocks may be apart
   * @param revocationsFile which tokens were taken back, or null
   * @param anonymous whether clients may come without a token
   */
  public record Auth(
      @Nullable Secret secret,
      List<NamedSecret> secrets,
      @Nullable Path jwksFile,
      @Nullable URI jwksUrl,
      int jwksRefreshSeconds,
      int jwksCooldownSeconds,
      int jwksTimeoutMillis,
      @Nullable String issuer,
      @Nullable String audience,
      int leewaySeconds,
      @Nullable Path revocationsFile,
      boolean anonymous) {

    /** Whether tokens are signed with nothing but the development key; on loopback only. */
    public boolean needsDevelopmentKey() {
      return secret == null && secrets.isEmpty() && jwksFile == null && jwksUrl == null;
    }
  }

  /** The HTTP API for application servers. */
  public record Api(List<NamedSecret> keys, int requestsPerSecond) {}

  /** The demo room. */
  public record Demo(boolean enabled) {}

  /**
   * What clients are told of STUN and TURN.
   *
   * @param turnSecret never null where there are TURN URLs
   */
  public record Ice(
      List<String> stunUrls,
      List<String> turnUrls,
      @Nullable Secret turnSecret,
      int turnTtlSeconds) {}

  /** What the node is called, where it is and what it does. */
  public record Node(String name, String region, String zone, List<Role> roles) {}

  /**
   * Its part in the ring.
   *
   * @param seeds see {@link #seedsParsed}
   * @param keysFile null where {@code keys} has the keys
   * @param certificate never null where {@code enabled}; nor are {@code key} and {@code authority}
   */
  public record Cluster(
      boolean enabled,
      String host,
      int port,
      int streamPort,
      List<String> seeds,
      int seedsRefreshSeconds,
      List<String> nameServers,
      List<NamedSecret> keys,
      @Nullable Path keysFile,
      @Nullable Path certificate,
      @Nullable Path key,
      @Nullable Path authority) {
    /** The seeds. */
    public List<SeedAddress> seedsParsed() {
      return seeds.stream().map(SeedAddress::of).toList();
    }

    /** The name servers. */
    public List<HostAndPort> nameServersParsed() {
      return nameServers.stream().map(HostAndPort::of).toList();
    }
  }

  /**
   * The service for operators.
   *
   * @param port 0 for any free one, null where there is no such service
   * @param certificate never null with TLS, as {@code key}
   * @param authority who signs operators' certificates, or null where they need tokens
   */
  public record Admin(
      String host,
      @Nullable Integer port,
      AdminTls tls,
      @Nullable Path certificate,
      @Nullable Path key,
      @Nullable Path authority) {}

  /** How rooms live. */
  public record Room(int graceMillis, int regionHideMillis, int chatMessages, int emptyMillis) {}

  /**
   * Where rooms are kept.
   *
   * @param directory null for nowhere
   */
  public record Store(@Nullable Path directory) {}

  /** How sessions live. */
  public record Session(
      int resumeMillis, int heartbeatMillis, int confirmMillis, int requestTimeoutMillis) {}

  /**
   * What clients can take up at most.
   *
   * @param memoryMib null for a part of the heap
   * @param messagesPerSecondPerUser null, as for the three after it, for a multiple of what one
   *     client may send
   */
  public record Limits(
      int messageBytes,
      int jsonDepth,
      int connections,
      int connectionsPerAddress,
      int connectionsPerSecondPerAddress,
      int connectionsPerSecond,
      int silentConnections,
      int refusedHellosPerMinute,
      @Nullable Integer memoryMib,
      int sessionsPerUser,
      int rooms,
      int roomsPerSession,
      int membersPerRoom,
      int chatBytes,
      int profileBytes,
      int messagesPerSecond,
      int messageBurst,
      int bytesPerSecond,
      @Nullable Integer messagesPerSecondPerUser,
      @Nullable Integer bytesPerSecondPerUser,
      @Nullable Integer messagesPerSecondPerAddress,
      @Nullable Integer bytesPerSecondPerAddress,
      int outboundBytes,
      int unconfirmedEvents,
      int unconfirmedBytes,
      int handshakeMillis,
      int headerMillis,
      int headerBytes,
      int requestsInFlight) {
    /** How many clients at their own rate a user may be where nothing else is said. */
    public static final int USER_FACTOR = 20;

    /** The same for an address. */
    public static final int ADDRESS_FACTOR = 100;
  }

  /** What is logged, and how. */
  public record Log(Level level, LogFormat format) {}

  /** How the node ends. */
  public record Shutdown(int drainMillis) {}

  /** What is done before the node says that it is ready. */
  public record Warmup(boolean enabled) {}
}
