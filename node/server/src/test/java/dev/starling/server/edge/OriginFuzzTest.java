package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.property.Corpus;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;

/** Damaged origins: none is admitted that isn't a page of the host that is allowed. */
final class OriginFuzzTest {
  private static final Origins ORIGINS =
      new Origins(
          new EdgeConfig.OriginRules(List.of("https://app.example.com"), false, null, true));

  /** The allowed host, and what a URL may have around it (RFC 3986). */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "https://([^/?#@]*@)?app\\.example\\.com(:0*443|:)?([/?#].*)?", Pattern.CASE_INSENSITIVE);

  private static final Corpus CORPUS =
      Corpus.text(
          OriginFuzzTest.class,
          "origins.txt",
          List.of(
              "://", ".", "@", "/", "?", "#", ":", ":443", "%2e", "\\", " ", "\u0000", "\u212a",
              "\u3002"));

  private static final Fuzzing PARSER = new Fuzzing("origins", 16_384, 256);

  @Property(tries = 20_000)
  void onlyTheAllowedHostIsAdmitted(Choices choices) {
    String origin = new String(CORPUS.damaged(choices), StandardCharsets.UTF_8);
    boolean admitted = PARSER.parse(origin.length(), () -> ORIGINS.admit(requestFrom(origin)));
    assertTrue(!admitted || ALLOWED.matcher(origin).matches(), origin);
    PARSER.count(admitted ? "accepted" : "refused");
  }

  private static FullHttpRequest requestFrom(String origin) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.GET,
            "/v1/ws",
            Unpooled.EMPTY_BUFFER,
            DefaultHttpHeadersFactory.headersFactory().withValidation(false),
            DefaultHttpHeadersFactory.trailersFactory());
    request.headers().set(HttpHeaderNames.ORIGIN, origin);
    return request;
  }

  @AfterAll
  static void report() {
    System.out.println(PARSER);
  }
}
