package dev.starling.server.config;

import static dev.starling.server.config.Reading.SECRET;
import static dev.starling.server.config.Reading.accepted;
import static dev.starling.server.config.Reading.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold between settings. */
final class SettingRulesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client.host=10.0.0.1 client.tls=off|client.tls: off is for loopback addresses only",
        "client.host=10.0.0.1|client.tls: on, as it is by default off loopback, needs",
        "client.host=10.0.0.1 client.tls=proxied|auth.secret: is needed off loopback",
        "client.tls=on|client.tls: on, as it is by default off loopback, needs",
        "ice.turnUrls=turn:a|ice.turnSecret: is needed with ice.turnUrls",
        "room.graceMs=9 session.resumeMs=8|room.graceMs: is longer than session.resumeMs",
        "proxy.clientAddress=forwarded client.tls=proxied|proxy.clientAddress: needs proxy.addresses",
        "proxy.clientAddress=forwarded proxy.addresses=::1|proxy.clientAddress: needs client.tls",
        "client.host=10.0.0.1 conformance.enabled=true|conformance.enabled: is for loopback",
        "limits.messageBytes=4000|limits.chatBytes: must be at most limits.messageBytes",
        "cluster.enabled=true room.chatMessages=10000|room.chatMessages: lets a room grow beyond",
        "limits.outboundBytes=20000|limits.outboundBytes: must be at least limits.messageBytes",
      })
  void settingsThatDoNotGoTogetherAreRefused(String assignments, String message) {
    List<String> problems = refused(null, Map.of(), assignments.split(" "));
    assertTrue(
        problems.stream().anyMatch(problem -> problem.contains(": " + message)),
        problems::toString);
  }

  @ParameterizedTest
  @CsvSource({"localhost", "127.8.8.8", "::1"})
  void loopbackNeedsNeitherTlsNorASecret(String host) {
    assertEquals(TlsMode.OFF, accepted(null, Map.of(), "client.host=" + host).client().tls());
  }

  @Test
  void proxyInFrontEndsTls() {
    NodeSettings settings =
        accepted(
            null,
            Map.of("STARLING_AUTH_SECRET", SECRET),
            "client.host=0.0.0.0",
            "client.tls=proxied",
            "client.publicUrl=https://calls.example");
    assertEquals(TlsMode.PROXIED, settings.client().tls());
  }

  @Test
  void certificateAndKeyComeTogether() throws IOException {
    Path pem = Files.createFile(directory.resolve("some.pem"));
    assertEquals(
        List.of("--set: tls.certificate: needs tls.key beside it"),
        refused(null, Map.of(), "tls.certificate=" + pem));
    NodeSettings settings =
        accepted(null, Map.of(), "tls.certificate=" + pem, "tls.key=" + pem, "client.tls=on");
    assertEquals(new NodeSettings.Tls(pem, pem), settings.tls());
  }

  @Test
  void certificateIsForNobodyWhereTheNodeDoesNotEndTls() throws IOException {
    Path pem = Files.createFile(directory.resolve("some.pem"));
    assertNull(accepted(null, Map.of(), "tls.certificate=" + pem, "tls.key=" + pem).tls());
  }

  @Test
  void ruleIsNotAppliedToAValueThatDidNotFit() {
    assertEquals(1, refused(null, Map.of(), "client.host=a b").size());
  }
}
