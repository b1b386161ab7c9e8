package dev.starling.server.admin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.edge.Token;
import dev.starling.server.ring.Pki;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.SharedCertificate;
import dev.starling.tools.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of operators against a whole node. */
final class CtlTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path home;

  /** A command that was run inside of this process. */
  private record Run(int status, String out, String err) {}

  private Run run(TestNode node, String... arguments) {
    return run(Token.admin("*"), node, arguments);
  }

  private Run run(String token, TestNode node, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("ctl"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--endpoint", "127.0.0.1:" + node.adminPort()));
    int status =
        Main.commandLine(
                Map.of("STARLING_HOME", home.toString(), "STARLING_ADMIN_TOKEN", token),
                InstantSource.system())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Run(status, out.toString(), err.toString());
  }

  @Test
  void everyListingHasATableForPeople() throws IOException {
    try (TestNode node = TestNode.start("admin.port=0")) {
      assertTable(
          run(node, "nodes"),
          "NAME +REGION +ZONE +ROLES +REACHABLE +DRAINING +LOAD +UP +STORE +RING +CLIENTS",
          "test-node \\* +test-region +local +core,edge +yes +no +0.0 % +\\d+s +memory +- +-");
      assertTable(
          run(node, "members"),
          "NAME +REGION +ZONE +STATUS +GENERATION +INCARNATION +ROLES",
          "test-node +test-region +local +ALIVE +\\d+ +0 +core,edge");
      assertTable(
          run(node, "regions"),
          "REGION +REACHABLE +NODES +CORE NODES +ROUND TRIP",
          "test-region \\* +yes +1 +1 +-");
      assertTable(run(node, "shards", "--room", "den"), "SHARD +test-region", "\\d+ +test-node");
      assertEquals(1 + 1024, run(node, "shards").out().lines().count());
    }
  }

  @Test
  void roomsAreListedAndShownToPeople() throws IOException {
    try (TestNode node = TestNode.start("admin.port=0");
        NativeClient ada = NativeClient.in(node, "den", "ada");
        NativeClient ben = NativeClient.in(node, "attic", "ben")) {
      ada.answer("'type':'chat','room':'den','data':1");
      String headings = "ROOM +MEMBERS +COPIES +EQUAL +REGIONS +DEGRADED";
      String den = "den +1 +1/1 +yes +test-region 1/1 +-";
      assertTable(run(node, "rooms"), headings, "attic +1 +1/1 +yes +test-region 1/1 +-", den);
      assertTable(run(node, "rooms", "--match", "d*"), headings, den);
      Run first = run(node, "rooms", "--limit=1");
      assertTable(first, headings, "attic .*");
      assertTrue(first.err().contains("go on with --after attic"), first::err);
      assertTable(run(node, "rooms", "--after=attic"), headings, den);
      assertTable(
          run(node, "room", "show", "den"),
          headings,
          den,
          "",
          "CHAT +BANS +LIMIT +LOCKED +LOBBY +PASSWORD +PINNED TO",
          "1 +0 +\\d+ +no +no +no +-",
          "",
          "NODE +REGION +OWNER +SERVES +EQUAL +MEMBERS +STORE",
          "test-node +test-region +yes +yes +yes +1 +memory",
          "",
          "MEMBER +USER +ROLE +NODE +REGION +EPOCH +SINCE",
          ada.session() + " +ada +member +test-node +test-region +\\d+ +20.*Z");
      assertEquals(2, run(node, "rooms", "--limit=0").status());
      assertTrue(ben.session().startsWith("test-region."));
    }
  }

  @Test
  void roomsAreDataForPrograms() throws IOException {
    try (TestNode node = TestNode.start("admin.port=0");
        NativeClient ada = NativeClient.in(node, "den", "ada")) {
      JsonNode listed = only(run(node, "rooms", "-o", "json"));
      assertEquals("den", listed.get("name").asText());
      assertEquals(1, listed.get("members").asInt());
      assertEquals(
          "[{\"region\":\"test-region\",\"holding\":1,\"owners\":1}]",
          listed.get("copies").toString());
      JsonNode shown =
          new ObjectMapper().readTree(run(node, "room", "show", "den", "-o", "json").out());
      assertEquals(ada.session(), shown.get("members").get(0).get("member").asText());
      assertEquals("test-node", shown.get("replicas").get(0).get("node").asText());
      assertEquals("[]", shown.get("settings").get("residency").toString());
      assertTrue(run(node, "room", "show", "den", "-o", "yaml").out().contains("\nchat: 0\n"));
      Run nobody = run(node, "room", "show", "void");
      assertEquals(1, nobody.status());
      assertTrue(nobody.err().contains("(NO_SUCH_ROOM)"), nobody::err);
    }
  }

  private static void assertTable(Run run, String... lines) {
    assertEquals(0, run.status(), run::err);
    assertTrue(run.out().strip().matches(String.join("\n", lines)), run::out);
  }

  @Test
  void everyListingIsAnArrayOfObjectsForPrograms() throws IOException {
    try (TestNode node = TestNode.start("admin.port=0")) {
      JsonNode member = only(run(node, "members", "-o", "json"));
      assertEquals("test-node", member.get("name").asText());
      assertEquals("test-region", member.get("region").asText());
      assertEquals("local", member.get("zone").asText());
      assertEquals("ALIVE", member.get("status").asText());
      assertTrue(member.get("generation").asLong() > 0 && member.get("incarnation").isNumber());
      assertEquals("[\"core\",\"edge\"]", member.get("roles").toString());
      assertTrue(only(run(node, "nodes", "-o", "json")).get("reachable").asBoolean());
      assertEquals(1, only(run(node, "regions", "-o", "json")).get("nodes").asInt());
      JsonNode shard = only(run(node, "shards", "--room=den", "-o", "JSON"));
      assertEquals("{\"test-region\":[\"test-node\"]}", shard.get("owners").toString());
    }
  }

  @Test
  void loadIsTheLargestShareOfWhatANodeMayTake() throws IOException {
    try (TestNode node = TestNode.start("admin.port=0", "limits.connections=8")) {
      List<NativeClient> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(NativeClient.of(node, "user-" + i));
      }
      JsonNode listed = only(run(node, "nodes", "-o", "json"));
      assertEquals(375, listed.get("loadPermille").asInt());
      assertFalse(listed.get("draining").asBoolean());
      assertTrue(run(node, "nodes").out().contains(" 37.5 % "), "in the table");
      for (NativeClient client : clients) {
        client.close();
      }
    }
  }

  private static JsonNode only(Run run) throws IOException {
    assertEquals(0, run.status(), run::err);
    JsonNode array = new ObjectMapper().readTree(run.out());
    assertTrue(array.isArray() && array.size() == 1, run::out);
    return array.get(0);
  }

  @Test
  void everyListingIsYamlToo() throws IOException {
    try (TestNode node = TestNode.start("admin.port=0")) {
      String members = run(node, "members", "-o", "yaml").out();
      assertTrue(
          members.startsWith("- name: test-node\n  region: test-region\n  zone: local\n"), members);
      assertTrue(members.contains("\n  roles:\n  - core\n  - edge\n"), members);
      assertTrue(run(node, "nodes", "-o", "yaml").out().contains("\n  reachable: true\n"));
      assertTrue(run(node, "regions", "-o", "yaml").out().contains("\n  nodes: 1\n"));
      String shard = run(node, "shards", "--room=den", "-o", "yaml").out();
      assertTrue(shard.contains("\n  owners:\n    test-region:\n    - test-node\n"), shard);
    }
  }

  @Test
  void refusalIsNamedWithItsReason() throws IOException {
    try (TestNode node = TestNode.start("admin.port=0")) {
      Run living = run(node, "forget", "test-node");
      assertEquals(1, living.status());
      assertTrue(living.err().startsWith("starling: refused (NODE_LIVES): test-node is ALIVE"));
      Run nobody = run(node, "forget", "ghost");
      assertEquals(1, nobody.status());
      assertTrue(nobody.err().contains("(NO_SUCH_NODE)"), nobody::err);
      Run member = run(Token.of("ann").text(), node, "nodes");
      assertEquals(1, member.status());
      assertTrue(member.err().contains("(FORBIDDEN)"), member::err);
      assertEquals("", living.out() + nobody.out() + member.out());
    }
  }

  @Test
  void certificatesAndTokensWorkOverTls() throws Exception {
    RingConfig.Certificates server = SharedCertificate.in(home.resolve("server"), "dns:localhost");
    RingConfig.Certificates ann = SharedCertificate.in(home.resolve("ann"), "dns:ann");
    Path token = Files.writeString(home.resolve("token"), Token.admin("*") + "\n");
    try (TestNode node =
        TestNode.start(
            "admin.port=0",
            "admin.tls=on",
            "admin.certificate=" + server.certificate(),
            "admin.key=" + server.key(),
            "admin.authority=" + ann.authority())) {
      String authority = "--authority=" + server.authority();
      String certificate = "--certificate=" + ann.certificate();
      assertEquals(
          0, run("", node, "nodes", authority, certificate, "--key=" + ann.key()).status());
      assertEquals(0, run("", node, "nodes", authority, "--token-file=" + token).status());
      assertEquals(1, run("", node, "nodes", authority).status());
      Run wrong = run(node, "nodes", "--authority=" + ann.authority());
      assertEquals(1, wrong.status());
      assertTrue(wrong.err().contains("TLS fails"), wrong::err);
    }
  }

  @Test
  void newCertificateIsShownWithoutARestart() throws Exception {
    Pki old = Pki.named("old");
    Pki next = Pki.named("next");
    Path folder = home.resolve("changing");
    RingConfig.Certificates files = Pki.write(folder, old.issue("node"), old);
    Path oldAuthority = Files.copy(files.authority(), home.resolve("old.pem"));
    try (TestNode node =
        TestNode.start(
            "admin.port=0",
            "admin.tls=on",
            "admin.certificate=" + files.certificate(),
            "admin.key=" + files.key())) {
      assertEquals(0, run(node, "nodes", "--authority=" + oldAuthority).status());
      Pki.write(folder, next.issue("node"), next);
      String authority = "--authority=" + files.authority();
      await().atMost(PATIENCE).until(() -> run(node, "nodes", authority).status() == 0);
      assertEquals(1, run(node, "nodes", "--authority=" + oldAuthority).status());
    }
  }

  /** Connections that say nothing, until the node closes the last one. */
  @Test
  void strangersOfOneAddressHaveFewConnectionsAtATime() throws Exception {
    RingConfig.Certificates files = SharedCertificate.in(home.resolve("server"), "dns:localhost");
    List<Socket> silent = new ArrayList<>();
    try (TestNode node =
        TestNode.start(
            "admin.port=0",
            "admin.tls=on",
            "admin.certificate=" + files.certificate(),
            "admin.key=" + files.key())) {
      for (int i = 0; i < 17; i++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), node.adminPort()));
      }
      assertEquals(-1, silent.getLast().getInputStream().read());
      Socket first = silent.getFirst();
      first.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, () -> first.getInputStream().read());
    }
    for (Socket socket : silent) {
      socket.close();
    }
  }
}
