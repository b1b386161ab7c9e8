package dev.starling.server.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.server.edge.TestNode;
import dev.starling.server.edge.Token;
import dev.starling.tools.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Nine nodes in three regions that {@code dev} started, one process each. */
final class DevCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Integer> OFFSETS = List.of(0, 100, 200);

  private final Path home;
  private final int port;
  private final Process dev;
  private final Map<String, Node> nodes = new TreeMap<>();
  private final HttpClient client = HttpClient.newHttpClient();

  /** A node's process. */
  record Node(String name, String region, long pid, URI url, String admin, Path log) {}

  private DevCluster(Path home, int port, Process dev) {
    this.home = home;
    this.port = port;
    this.dev = dev;
  }

  /** Starts it, and returns when all nodes take clients. */
  static DevCluster start(Path home) throws IOException {
    return start(home, freePorts());
  }

  private static DevCluster start(Path home, int port) throws IOException {
    String classPath = System.getProperty("java.class.path");
    String flags =
        "--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
            + " -XX:TieredStopAtLevel=1";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m"));
    command.addAll(List.of("-cp", classPath, "-Dstarling.server.classpath=" + classPath));
    command.add("-Dstarling.node.flags=" + flags);
    command.addAll(List.of(Main.class.getName(), "dev", "--regions=3", "--nodes=3", "--json"));
    command.add("--base-port=" + port);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(home.resolve("errors").toFile());
    builder.environment().put("STARLING_HOME", home.toString());
    // Ready once they listen: nine that warm up at once take the machine for a while.
    builder.environment().put("STARLING_WARMUP_ENABLED", "false");
    builder.environment().put("STARLING_AUTH_SECRET", Token.SECRET);
    DevCluster cluster = new DevCluster(home, port, builder.start());
    cluster.read();
    return cluster;
  }

  /** Kills all nodes at once, and starts them again with what is on their disks. */
  DevCluster killedAndStartedAgain() throws IOException, InterruptedException {
    signal("KILL", List.copyOf(nodes.values()));
    end();
    return start(home, port);
  }

  private void read() throws IOException {
    String line = dev.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null) {
      throw new IOException(Files.readString(home.resolve("errors")));
    }
    for (JsonNode one : JSON.readTree(line).get("nodes")) {
      String name = one.get("name").asText();
      Path log = home.resolve("dev/logs/" + name + "-" + (port + nodes.size()) + ".log");
      nodes.put(
          name,
          new Node(
              name,
              one.get("region").asText(),
              one.get("pid").asLong(),
              URI.create(one.get("client").asText()),
              one.get("admin").asText(),
              log));
    }
  }

  private static int freePorts() {
    while (true) {
      int base = ThreadLocalRandom.current().nextInt(10_000, 30_000);
      boolean free =
          Stream.iterate(base, port -> port + 1)
              .limit(9)
              .flatMap(port -> OFFSETS.stream().map(offset -> port + offset))
              .allMatch(DevCluster::isFree);
      if (free) {
        return base;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** A connection to where a node takes clients; its reads are bounded. */
  Socket socket(Node node) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.url().getPort());
    socket.setSoTimeout(TestNode.PATIENCE_MILLIS);
    return socket;
  }

  Node node(String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException(name + " is none of " + nodes.keySet());
    }
    return node;
  }

  List<Node> inRegion(String region) {
    return nodes.values().stream().filter(node -> node.region().equals(region)).toList();
  }

  /** All but some. */
  List<Node> others(List<Node> without) {
    return nodes.values().stream().filter(node -> !without.contains(node)).toList();
  }

  /** Sends processes a signal, and says when. */
  Instant signal(String signal, List<Node> to) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    to.forEach(node -> command.add(Long.toString(node.pid())));
    Instant before = Instant.now();
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    return before;
  }

  /** What a node says of its health. */
  JsonNode health(Node node) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(node.url().resolve("/health")).build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  /** Whether a node takes clients, as a load balancer is told: status and state. */
  String readiness(Node node) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(node.url().resolve("/health/ready")).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + JSON.readTree(answer.body()).get("status").asText();
  }

  /** Everybody that a node remembers, by name, as an operator is told. */
  Map<String, JsonNode> members(Node node) throws IOException {
    Map<String, JsonNode> members = new TreeMap<>();
    ctl(node, "members").forEach(one -> members.put(one.get("name").asText(), one));
    return members;
  }

  /** Whether a node lists a room that all nine owners have alike, with so many members. */
  boolean lists(Node node, String room, int members) throws IOException {
    JsonNode listed = ctl(node, "rooms", "--match", room);
    int holding = 0;
    for (JsonNode copies : listed.path(0).path("copies")) {
      holding += copies.get("holding").asInt();
    }
    return holding == 9
        && listed.get(0).get("equal").asBoolean()
        && listed.get(0).get("members").asInt() == members;
  }

  /** What an operator is told in JSON. */
  private JsonNode ctl(Node node, String... verb) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine(Map.of("STARLING_HOME", home.toString()), InstantSource.system())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                Stream.of(
                        Stream.of("ctl"),
                        Stream.of(verb),
                        Stream.of("-o", "json", "--endpoint", node.admin()))
                    .flatMap(part -> part)
                    .toArray(String[]::new));
    assertEquals(0, status, err::toString);
    return JSON.readTree(out.toString());
  }

  void awaitReadiness(Node node, String wanted) {
    await(node.name()).atMost(PATIENCE).until(() -> readiness(node), wanted::equals);
  }

  /** Waits until some nodes' beliefs are as they should be. */
  void awaitMembers(List<Node> observers, Predicate<Map<String, JsonNode>> wanted) {
    for (Node observer : observers) {
      await(observer.name()).atMost(PATIENCE).until(() -> members(observer), wanted);
    }
  }

  void awaitHealth(List<Node> observers, Predicate<JsonNode> wanted) {
    for (Node observer : observers) {
      await(observer.name()).atMost(PATIENCE).until(() -> health(observer), wanted);
    }
  }

  /** How long after a moment each node wrote a line to its log, in order; those that didn't not. */
  List<Duration> written(List<Node> observers, Instant since, String line) throws IOException {
    List<Duration> times = new ArrayList<>();
    for (Node observer : observers) {
      Files.readAllLines(observer.log()).stream()
          .filter(one -> one.endsWith(line))
          .map(one -> Instant.parse(one.substring(0, one.indexOf(' '))))
          .filter(time -> time.isAfter(since))
          .findFirst()
          .ifPresent(time -> times.add(Duration.between(since, time)));
    }
    times.sort(null);
    return times;
  }

  /** Ends all processes that it started. */
  void end() throws InterruptedException {
    client.shutdownNow();
    List<ProcessHandle> all = dev.descendants().toList();
    dev.destroy();
    if (!dev.waitFor(Duration.ofSeconds(20))) {
      dev.destroyForcibly();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
