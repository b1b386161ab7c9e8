package dev.starling.tools.dev;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import dev.starling.tools.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevCommandTest {
  @TempDir Path folder;
  private String port = "";

  @BeforeEach
  void chooseAPort() {
    port = Integer.toString(StandInNode.freeBasePort());
  }

  /** One node alone. */
  private DevProcess one() throws IOException {
    return DevProcess.start(folder, "serves", "--json", "--base-port", port, "--regions=1");
  }

  @Test
  void jsonNamesEveryNodeOnOneLineWhenAllAreReady() throws Exception {
    try (DevProcess dev = one()) {
      Map<String, Object> report = JSONObjectUtils.parse(dev.firstLine());
      Map<String, Object> node = onlyNode(report);
      assertEquals(Set.of("name", "region", "pid", "client", "admin", "metrics"), node.keySet());
      assertEquals("us-west-2-1", node.get("name"));
      assertEquals("us-west-2", node.get("region"));
      assertEquals("http://127.0.0.1:" + port, node.get("client"));
      assertEquals("127.0.0.1:" + (Integer.parseInt(port) + 200), node.get("admin"));
      assertTrue(handle(node).isAlive());
      assertEquals(
          Files.readString(folder.resolve("dev/auth.secret")).strip(), report.get("tokenSecret"));
      assertEquals("", dev.errors());
    }
  }

  @Test
  void nodeIsToldWhatItIsAndNoSecretOnItsCommandLine() throws Exception {
    try (DevProcess dev = one()) {
      Object secret = JSONObjectUtils.parse(dev.firstLine()).get("tokenSecret");
      String told = Files.readString(folder.resolve("dev/logs/us-west-2-1-" + port + ".log"));
      assertEquals(
          "told: --parent-pipe --set node.name=us-west-2-1 --set node.region=us-west-2"
              + " --set client.host=127.0.0.1 --set client.port="
              + port
              + " --set client.tls=off --set admin.host=127.0.0.1 --set admin.port="
              + (Integer.parseInt(port) + 200)
              + " --set auth.anonymous=true --set demo.enabled=true"
              + " --set shutdown.drainMs=1000",
          told.strip());
      assertFalse(told.contains(String.valueOf(secret)));
    }
  }

  @Test
  void tableIsForPeopleAndHasANodeInEachOfThreeRegionsUnlessToldOtherwise() throws Exception {
    try (DevProcess dev = DevProcess.start(folder, "serves", "--base-port", port)) {
      assertTrue(dev.firstLine().matches("NAME +REGION +PID +CLIENTS +ADMIN +LOG"));
      assertTrue(dev.firstLine().matches("us-west-2-1 +us-west-2 .*"));
      assertTrue(dev.firstLine().matches("eu-west-1-1 +eu-west-1 .*"));
      assertTrue(dev.firstLine().matches("ap-southeast-1-1 +ap-southeast-1 .*"));
      assertEquals("", dev.firstLine());
    }
  }

  @Test
  void clusterHasNodesInEachRegionThatAreToldOfEachOther() throws Exception {
    try (DevProcess dev =
        DevProcess.start(
            folder, "serves", "--json", "--base-port", port, "--regions=2", "--nodes=2")) {
      Map<String, Object>[] nodes =
          JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(dev.firstLine()), "nodes");
      assertEquals(
          List.of("us-west-2-1", "us-west-2-2", "eu-west-1-1", "eu-west-1-2"),
          Arrays.stream(nodes).map(node -> node.get("name")).toList());
      int base = Integer.parseInt(port);
      String told = Files.readString(folder.resolve("dev/logs/eu-west-1-2-" + (base + 3) + ".log"));
      assertTrue(told.contains("node.region=eu-west-1 "), told);
      assertTrue(told.contains("cluster.port=" + (base + 103)), told);
      assertTrue(told.contains("cluster.seeds=127.0.0.1:" + (base + 100) + ","), told);
      Path keys = folder.resolve("dev/ring.keys");
      assertFalse(told.contains(Files.readString(keys).strip()), told);
      assertEquals(
          PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(keys));
      Path rooms = folder.resolve("dev/rooms/eu-west-1-2-" + (base + 3));
      assertTrue(told.strip().endsWith("store.directory=" + rooms), told);
      assertTrue(Files.isDirectory(folder.resolve("dev/rooms")));
    }
  }

  @Test
  void operatorsFindAContextWithARightToCommand() throws Exception {
    try (DevProcess dev = one()) {
      Map<String, Object> report = JSONObjectUtils.parse(dev.firstLine());
      Path file = folder.resolve("contexts/dev.json");
      assertEquals(
          PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
      Context context = Context.read(file);
      assertEquals(List.of(String.valueOf(onlyNode(report).get("admin"))), context.endpoints());
      SignedJWT token = SignedJWT.parse(context.token());
      assertTrue(token.verify(new MACVerifier(String.valueOf(report.get("tokenSecret")))));
      assertEquals("starling:admin", token.getJWTClaimsSet().getStringClaim("scope"));
    }
  }

  @Test
  void clusterOutlivesAllNodesButTheLast() throws Exception {
    try (DevProcess dev =
        DevProcess.start(folder, "serves", "--json", "--base-port", port, "--regions=2")) {
      Map<String, Object>[] nodes =
          JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(dev.firstLine()), "nodes");
      handle(nodes[0]).destroyForcibly();
      await()
          .atMost(1, TimeUnit.MINUTES)
          .until(
              () -> dev.errors().contains("us-west-2-1 ended with status 137; the others go on"));
      assertTrue(handle(nodes[1]).isAlive() && dev.handle().isAlive());
      handle(nodes[1]).destroyForcibly();
      assertEquals(1, dev.awaitStatus());
    }
  }

  @Test
  void endOfTheCommandEndsItsNodes() throws Exception {
    try (DevProcess dev = one()) {
      ProcessHandle node = handle(onlyNode(JSONObjectUtils.parse(dev.firstLine())));
      dev.handle().destroy();
      assertEquals(128 + 15, dev.awaitStatus());
      assertEnds(node);
      assertEquals("", dev.rest() + dev.errors());
    }
  }

  @Test
  void nodesDoNotOutliveACommandThatWasKilled() throws Exception {
    try (DevProcess dev = one()) {
      ProcessHandle node = handle(onlyNode(JSONObjectUtils.parse(dev.firstLine())));
      dev.handle().destroyForcibly();
      assertEnds(node);
    }
  }

  @Test
  void deathOfANodeEndsTheCommand() throws Exception {
    try (DevProcess dev = one()) {
      handle(onlyNode(JSONObjectUtils.parse(dev.firstLine()))).destroyForcibly();
      assertEquals(1, dev.awaitStatus());
      assertTrue(
          dev.errors().startsWith("starling: the node us-west-2-1 ended with status 137"),
          dev.errors());
    }
  }

  @Test
  void nodeThatFailsToStartIsShownWithTheEndOfItsLog() throws Exception {
    try (DevProcess dev = DevProcess.start(folder, "fails", "--base-port", port, "--regions=1")) {
      assertEquals(1, dev.awaitStatus());
      assertTrue(dev.errors().contains("us-west-2-1 ended with status 7"), dev.errors());
      assertTrue(dev.errors().contains("no luck today"), dev.errors());
      assertEquals("", dev.rest());
    }
  }

  @Test
  void portInUseIsNamedBeforeAnythingIsStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DevProcess dev =
            DevProcess.start(folder, "serves", "--base-port=" + taken.getLocalPort())) {
      assertEquals(1, dev.awaitStatus());
      assertTrue(
          dev.errors().startsWith("starling: port " + taken.getLocalPort() + " on 127.0.0.1"),
          dev.errors());
      assertTrue(dev.errors().contains("--base-port"), dev.errors());
      assertFalse(Files.exists(folder.resolve("dev")));
    }
  }

  private static Map<String, Object> onlyNode(Map<String, Object> report) throws ParseException {
    Map<String, Object>[] nodes = JSONObjectUtils.getJSONObjectArray(report, "nodes");
    List<Map<String, Object>> list = Arrays.asList(nodes);
    assertEquals(1, list.size());
    return list.getFirst();
  }

  private static ProcessHandle handle(Map<String, Object> node) throws ParseException {
    return ProcessHandle.of(JSONObjectUtils.getLong(node, "pid")).orElseThrow();
  }

  private static void assertEnds(ProcessHandle process) throws Exception {
    process.onExit().get(1, TimeUnit.MINUTES);
    assertFalse(process.isAlive());
  }
}
