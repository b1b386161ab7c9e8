package dev.starling.server.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.server.edge.ApiClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What application servers can do with rooms; each takes rooms of its own. */
final class ApiTest extends SharedNode {
  @SuppressWarnings("NullAway.Init")
  private ApiClient api;

  ApiTest() {
    super(ApiClient.SETTING, "room.emptyMs=60000", "client.publicUrl=wss://here.example.org");
  }

  @BeforeEach
  void connect() {
    api = ApiClient.of(node);
  }

  @Test
  void regionsArePublicAndForPagesOfAnyOrigin() throws IOException {
    Answer answer = api.with(null).get("/regions");
    assertEquals(200, answer.status());
    assertEquals(
        "{\"regions\":[{\"name\":\"test-region\",\"urls\":[\"wss://here.example.org\"]}]}",
        answer.body().toString());
    assertEquals("*", answer.headers().get("access-control-allow-origin"));
    assertNull(api.get("/rooms").headers().get("access-control-allow-origin"));
  }

  @Test
  void descriptionIsServed() throws IOException {
    assertEquals("3.1.0", api.with(null).get("/openapi.json").body().get("openapi").textValue());
  }

  @Test
  void roomIsMadeShownAndForgotten() throws IOException {
    Answer made =
        api.post(
            "/rooms",
            "{'room':'a b/ü','settings':{'limit':3,'locked':true,'password':'x','metadata':{'n':1.50}}}");
    assertEquals(201, made.status());
    assertEquals("/api/v1/rooms/a%20b%2F%C3%BC", made.headers().get("location"));
    Answer shown = api.get("/rooms/a%20b%2F%C3%BC");
    assertEquals(made.body(), shown.body());
    assertEquals(
        "{\"limit\":3,\"locked\":true,\"lobby\":false,\"password\":true,\"metadata\":{\"n\":1.5}}",
        shown.body().get("settings").toString());
    assertEquals("ROOM_EXISTS", api.post("/rooms", "{'room':'a b/ü'}").code());
    assertEquals(204, api.delete("/rooms/a%20b%2F%C3%BC").status());
    assertEquals("NO_SUCH_ROOM", api.get("/rooms/a%20b%2F%C3%BC").code());
    assertEquals(201, api.post("/rooms", "{'room':'a b/ü'}").status());
  }

  @Test
  void clientsFindTheRoomAsItWasMade() throws IOException {
    api.post("/rooms", "{'room':'made','settings':{'password':'sesame'}}");
    try (NativeClient client = NativeClient.of(node, "ada")) {
      assertEquals("WRONG_PASSWORD", client.join("made").text("code"));
      Message joined = client.answer("'type':'join','room':'made','password':'sesame'");
      assertEquals("joined", joined.text("type"));
      JsonNode member = api.get("/rooms/made").body().get("members").get(0);
      assertEquals(client.session(), member.get("member").textValue());
      assertEquals("ada", member.get("user").textValue());
    }
  }

  @Test
  void listComesInPages() throws IOException {
    for (String room : List.of("page-c", "page-a", "page-b")) {
      api.post("/rooms", "{'room':'" + room + "'}");
    }
    ApiClient scoped = api.with(Token.admin("page-*"));
    Answer first = scoped.get("/rooms?limit=2");
    assertEquals(List.of("page-a", "page-b"), names(first));
    assertEquals("page-b", first.body().get("next").textValue());
    Answer second = scoped.get("/rooms?limit=2&after=page-b");
    assertEquals(List.of("page-c"), names(second));
    assertFalse(second.body().has("next"));
    assertTrue(names(api.get("/rooms")).containsAll(names(second)));
  }

  private static List<String> names(Answer list) {
    return StreamSupport.stream(list.body().get("rooms").spliterator(), false)
        .map(room -> room.get("room").textValue())
        .toList();
  }

  @Test
  void memberIsKickedAndAUserIsBannedAndUnbanned() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "court", "ada");
        NativeClient eve = NativeClient.in(node, "court", "eve")) {
      assertEquals("joined", ada.next("member").text("event"));
      assertEquals(1, reached("/rooms/court/kick", "{'member':'" + eve.session() + "'}"));
      assertEquals("kicked", eve.next("member").text("reason"));
      assertEquals("kicked", ada.next("member").text("reason"));
      eve.join("court");
      ada.next("member");
      assertEquals(1, reached("/rooms/court/kick", "{'user':'eve'}"));
      assertEquals("kicked", ada.next("member").text("reason"));
      eve.next("member");
      eve.join("court");
      ada.next("member");
      assertEquals(1, reached("/rooms/court/ban", "{'member':'" + eve.session() + "'}"));
      assertEquals("banned", eve.next("member").text("reason"));
      assertEquals("BANNED", eve.join("court").text("code"));
      assertEquals(204, api.post("/rooms/court/unban", "{'user':'eve'}").status());
      assertEquals("joined", eve.join("court").text("type"));
      assertEquals(0, reached("/rooms/court/ban", "{'user':'absent','seconds':5}"));
    }
  }

  @Test
  void announcementReachesWhomItIsFor() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "hall", "ada");
        NativeClient ben = NativeClient.in(node, "hall", "ben")) {
      ada.next("member");
      assertEquals(2, reached("/rooms/hall/send", "{'data':{'to':'all'}}"));
      assertEquals(1, reached("/rooms/hall/send", "{'data':[1.50],'user':'ben'}"));
      assertEquals(
          1, reached("/rooms/hall/send", "{'data':null,'member':'" + ada.session() + "'}"));
      assertEquals("{\"to\":\"all\"}", data(ada));
      assertEquals("null", data(ada));
      assertEquals("{\"to\":\"all\"}", data(ben));
      assertEquals("[1.50]", data(ben));
    }
  }

  private static String data(NativeClient client) throws IOException {
    String json = client.next("announcement").json();
    return json.replaceFirst(".*\"data\":", "").replaceFirst(",\"offset\".*", "");
  }

  @Test
  void closedRoomPutsEverybodyOut() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "over", "ada")) {
      assertEquals(204, api.delete("/rooms/over").status());
      assertEquals("closed", ada.next("member").text("reason"));
      assertEquals("NO_SUCH_ROOM", api.get("/rooms/over").code());
      assertEquals("joined", ada.join("over").text("type"));
    }
  }

  /** Everything here that worked, done once more, so that the description leaves nothing out. */
  @Test
  void everyOperationThatIsDescribedAnswers() throws IOException {
    TreeSet<String> used = api.used();
    api.get("/regions");
    api.get("/openapi.json");
    api.get("/rooms");
    api.post("/rooms", "{'room':'all'}");
    try (NativeClient eve = NativeClient.in(node, "all", "eve-of-all")) {
      api.get("/rooms/all");
      api.post("/rooms/all/send", "{'data':1}");
      api.post("/rooms/all/kick", "{'member':'" + eve.session() + "'}");
      api.post("/rooms/all/ban", "{'user':'eve-of-all'}");
      api.post("/rooms/all/unban", "{'user':'eve-of-all'}");
      api.delete("/rooms/all");
      api.post("/revocations", "{'user':'eve-of-all'}");
      assertEquals(4407, lastCode(eve));
    }
    assertEquals(11, used.size(), used::toString);
  }

  private static int lastCode(NativeClient client) throws IOException {
    while (true) {
      if (client.next().text("type").equals("error")) {
        return client.closeCode();
      }
    }
  }

  private int reached(String path, String body) throws IOException {
    Answer answer = api.post(path, body);
    assertEquals(200, answer.status(), answer.body()::toString);
    return answer.body().get("members").intValue();
  }

  @Test
  void requestsAboveTheRateAreRefused() throws IOException {
    try (TestNode slow = TestNode.start(ApiClient.SETTING, "api.requestsPerSecond=1")) {
      ApiClient client = ApiClient.of(slow);
      await().until(() -> client.get("/rooms").status() == 429);
      assertEquals(200, client.get("/regions").status());
    }
  }
}
