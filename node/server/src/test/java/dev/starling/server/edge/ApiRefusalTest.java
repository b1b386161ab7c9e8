package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.server.edge.ApiClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API refuses, with which status and code. */
final class ApiRefusalTest extends SharedNode {
  @SuppressWarnings("NullAway.Init")
  private ApiClient api;

  ApiRefusalTest() {
    super(ApiClient.SETTING);
  }

  @BeforeEach
  void connect() throws IOException {
    api = ApiClient.of(node);
    api.post("/rooms", "{'room':'there'}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/rooms/none/kick|{'user':'u'}|404|NO_SUCH_ROOM",
        "/rooms/there/kick|{'user':'u'}|404|NO_SUCH_MEMBER",
        "/rooms/there/kick|{'member':'m'}|404|NO_SUCH_MEMBER",
        "/rooms/there/ban|{'member':'m'}|404|NO_SUCH_MEMBER",
        "/rooms/there/unban|{'user':'u'}|404|NO_SUCH_MEMBER",
        "/rooms/there/send|{'user':'u','data':1}|404|NO_SUCH_MEMBER",
        "/rooms/there/kick|{}|422|INVALID",
        "/rooms/there/kick|{'user':'u','member':'m'}|422|INVALID",
        "/rooms/there/kick|{'user':7}|422|INVALID",
        "/rooms/there/kick|{'user':''}|422|INVALID",
        "/rooms/there/kick|{'user':'\\u0000'}|422|INVALID",
        "/rooms/there/kick|{'user':'\\ud800'}|422|INVALID",
        "/rooms/there/ban|{'user':'u','seconds':0}|422|INVALID",
        "/rooms/there/ban|{'user':'u','seconds':1.5}|422|INVALID",
        "/rooms/there/ban|{'user':'u','seconds':99999999999999999999}|422|INVALID",
        "/rooms/there/ban|{'user':'u','second':5}|422|INVALID",
        "/rooms/there/unban|{}|422|INVALID",
        "/rooms/there/send|{}|422|INVALID",
        "/rooms/there/send|{'data':1,'user':'u','member':'m'}|422|INVALID",
      })
  void orderThatDoesNotFitIsRefused(String path, String body, int status, String code)
      throws IOException {
    assertRefused(path, body, status, code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/rooms/%00/send|{'data':1}|422|INVALID",
        "/rooms/%zz/send|{'data':1}|422|INVALID",
        "/rooms|{'room':''}|422|INVALID",
        "/rooms|{'settings':{}}|422|INVALID",
        "/rooms|{'room':'x','settings':{'limit':0}}|422|INVALID",
        "/rooms|{'room':'x','settings':{'locked':1}}|422|INVALID",
        "/rooms|{'room':'x','settings':{'metadata':[]}}|422|INVALID",
        "/rooms|{'room':'x','settings':{'colour':1}}|422|INVALID",
        "/rooms|{'room':'x','settings':[]}|400|MALFORMED",
        "/rooms|[]|400|MALFORMED",
        "/rooms|{'room':'x'}{}|400|MALFORMED",
        "/rooms|{'room':'x','room':'y'}|400|MALFORMED",
        "/rooms|{'room':|400|MALFORMED",
        "/rooms|''|400|MALFORMED",
        "/revocations|{}|422|INVALID",
        "/revocations|{'jti':'a','user':'u'}|422|INVALID",
        "/revocations|{'jti':'a','before':'2026-11-25T08:00:00Z'}|422|INVALID",
        "/revocations|{'user':'u','before':'yesterday'}|422|INVALID",
      })
  void otherRequestThatDoesNotFitIsRefused(String path, String body, int status, String code)
      throws IOException {
    assertRefused(path, body, status, code);
  }

  private void assertRefused(String path, String body, int status, String code) throws IOException {
    Answer answer = api.post(path, body);
    assertEquals(code, answer.code(), answer.body()::toString);
    assertEquals(status, answer.status());
  }

  @Test
  void deepBodyIsMalformedAndALargeOneTooLarge() throws IOException {
    String deep = "[".repeat(100) + "]".repeat(100);
    assertEquals("MALFORMED", api.post("/rooms/there/send", "{'data':" + deep + "}").code());
    Answer large = api.post("/rooms/there/send", "{'data':'" + "x".repeat(70_000) + "'}");
    assertEquals("TOO_LARGE", large.code());
    assertEquals(413, large.status());
  }

  @ParameterizedTest
  @CsvSource({
    "/rooms?limit=0, INVALID",
    "/rooms?limit=1001, INVALID",
    "/rooms?limit=x, INVALID",
    "/rooms?after=%zz, MALFORMED"
  })
  void pageThatDoesNotFitIsRefused(String path, String code) throws IOException {
    assertEquals(code, api.get(path).code());
  }

  @Test
  void otherPathsMethodsAndTypesAreRefused() throws IOException {
    Answer path = api.raw("GET", "/room", null, null);
    assertEquals(404, path.status());
    assertEquals("UNSUPPORTED", path.code());
    assertEquals(404, api.raw("GET", "", null, null).status());
    assertEquals(404, api.raw("GET", "/rooms/", null, null).status());
    Answer method = api.raw("PUT", "/rooms", null, null);
    assertEquals(405, method.status());
    assertEquals("UNSUPPORTED", method.code());
    assertEquals("GET, POST", method.headers().get("allow"));
    Answer type = api.ask("POST", "/rooms", "text/plain", "{\"room\":\"x\"}");
    assertEquals(415, type.status());
    assertEquals(415, api.ask("POST", "/rooms", null, "{\"room\":\"x\"}").status());
  }
}
