package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.Code;
import dev.starling.core.room.RoomConfig;
import dev.starling.core.route.RouteConfig;
import dev.starling.core.session.SessionConfig;
import dev.starling.crdt.ReplicaId;
import dev.starling.property.Choices;
import dev.starling.property.Corpus;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import dev.starling.server.edge.api.ApiConfig;
import dev.starling.server.edge.api.HttpApi;
import dev.starling.server.edge.api.RevocationDesk;
import dev.starling.server.host.HostConfig;
import dev.starling.server.host.HostedRooms;
import dev.starling.server.host.NodeClock;
import dev.starling.server.host.NodeHost;
import dev.starling.server.host.ShareConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/**
 * Damaged HTTP requests against the pipeline of a client connection: nothing throws, every answer
 * has a status that is meant, and it doesn't matter how TCP cuts the bytes.
 */
final class HttpFuzzTest {
  private static final long SECOND = 1_000_000_000;
  private static final int UPGRADED = "HTTP/1.1 101 Switching Protocols\r\n".length();
  private static final EdgeConfig.Bounds BOUNDS =
      new EdgeConfig.Bounds(4096, 8, 65_536, 100, 2048, 5000, 5000);
  private static final WebFiles FILES = WebFiles.load(false);
  private static final NodeClock CLOCK = new NodeClock();
  private static final HandshakeInput NOBODY =
      new HandshakeInput.Rejected(Code.UNAUTHENTICATED, "nobody may come in");
  private static final ShareConfig.Traffic TRAFFIC = new ShareConfig.Traffic(1000, 1000, 1_000_000);
  private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 (\\d{3}) [A-Za-z ]+\r\n");
  private static final List<String> MEANT =
      List.of(
          "100", "101", "200", "304", "400", "401", "404", "405", "413", "414", "415", "417", "426",
          "431", "505");

  private static final Corpus CORPUS =
      Corpus.text(
          HttpFuzzTest.class,
          "requests.txt",
          List.of(
              "|",
              "||",
              "\r",
              "\n",
              "\u0000",
              " ",
              "\t",
              ":",
              "/",
              "?",
              "%00",
              "HTTP/2.0",
              "HTTP/1.0",
              "Host: b|",
              "Content-Length: 1|",
              "Content-Length: -1|",
              "Transfer-Encoding: chunked|",
              "Connection: close|",
              "Upgrade: h2c|",
              "0||",
              "fffffffff|",
              "CONNECT a:1",
              "http://b/",
              "\u00e9"));

  private static final Fuzzing REQUESTS = new Fuzzing("HTTP requests", 4_000_000, 1024);

  @Property(tries = 2_000)
  void damagedRequestIsAnsweredTheSameHoweverItIsCut(Choices choices) {
    String text = new String(CORPUS.damaged(choices), StandardCharsets.UTF_8);
    byte[] request = text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    int cut = choices.between(0, request.length);
    String whole = REQUESTS.parse(request.length, () -> answers(request, request.length));
    assertEquals(whole, answers(request, cut), text + " cut at " + cut);
    String status = firstStatus(whole);
    assertTrue(MEANT.contains(status) || status.equals("none"), status + " for " + text);
    REQUESTS.count(status);
  }

  private static String firstStatus(String answers) {
    var status = ANSWER.matcher(answers);
    return status.lookingAt() ? status.group(1) : "none";
  }

  /** All that is answered; up to an upgrade, since what comes before that one ends is lost. */
  private static String answers(byte[] request, int cut) {
    EmbeddedChannel channel = new EmbeddedChannel();
    Health health = new Health("node", "region");
    health.enter(Health.State.READY);
    channel.pipeline().addLast(handlers(host(channel), health));
    channel.writeInbound(Unpooled.copiedBuffer(request, 0, cut));
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(request, cut, request.length - cut));
    }
    channel.checkException();
    StringBuilder answers = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      answers.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    channel.finishAndReleaseAll();
    int upgrade = answers.indexOf("HTTP/1.1 101");
    return upgrade < 0 ? answers.toString() : answers.substring(0, upgrade + UPGRADED);
  }

  private static EdgeInitializer handlers(NodeHost host, Health health) {
    AtomicInteger silent = new AtomicInteger();
    Proxies proxies = new Proxies(List.of(), EdgeConfig.ClientAddress.NONE);
    ConnectionGate gate = new ConnectionGate(host.visitors(), proxies, 100, silent);
    Origins origins = new Origins(new EdgeConfig.OriginRules(List.of(), false, null, true));
    UpgradePolicy policy = new UpgradePolicy(origins, proxies, gate);
    HttpRouter router = new HttpRouter(BOUNDS, FILES, health, host, api(host), policy, false);
    return new EdgeInitializer(BOUNDS, gate, silent, null, router);
  }

  private static HttpApi api(NodeHost host) {
    return new HttpApi(
        new ApiConfig("region", List.of(), 8, 1000, 1_000_000),
        new HostedRooms(host),
        (credential, verdict) -> verdict.accept(NOBODY),
        new NoRevocations(),
        Runnable::run,
        InstantSource.system(),
        CLOCK::nanos);
  }

  private static NodeHost host(EmbeddedChannel channel) {
    SessionConfig session =
        new SessionConfig(
            SECOND,
            SECOND,
            SECOND,
            SECOND,
            SECOND,
            10,
            10,
            100,
            100_000,
            10,
            new SessionConfig.Rates(1000, 1000, 1_000_000),
            new ClientLimits(4096, 10, 10, 1000, 1000));
    HostConfig config =
        new HostConfig(
            new ReplicaId("node", 1),
            "region",
            List.of(),
            session,
            new RoomConfig(10, 10, 10, SECOND),
            new RouteConfig(1_000_000),
            null,
            SECOND,
            10,
            10,
            1_000_000,
            new ShareConfig(TRAFFIC, 10, TRAFFIC, 10, 10, 1000, 1000, 1000));
    return new NodeHost(
        config,
        (token, verdict) -> verdict.accept(NOBODY),
        user -> List.of(),
        CLOCK,
        UnaryOperator.identity(),
        List.of(channel.eventLoop()));
  }

  /** Takes nothing back, since nobody may ask. */
  private static final class NoRevocations implements RevocationDesk {
    @Override
    public boolean revokeToken(String id, @Nullable Long untilMillis) {
      return false;
    }

    @Override
    public boolean revokeUser(String user, long beforeMillis) {
      return false;
    }
  }

  @AfterAll
  static void report() {
    System.out.println(REQUESTS);
  }
}
