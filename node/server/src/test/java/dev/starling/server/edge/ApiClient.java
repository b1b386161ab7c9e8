package dev.starling.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.starling.server.edge.api.ApiDocument;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An application server. JSON may be written with single quotes. Each answer is held to the
 * description of the API.
 *
 * @param key what it is authorised by, or null
 * @param used which operations have answered well
 */
record ApiClient(TestNode node, @Nullable String key, TreeSet<String> used) {
  static final String KEY = "an-api-key-of-these-tests-0123456789";
  static final String SETTING = "api.keys=test=" + KEY;

  private static final ObjectMapper JSON = new JsonMapper();
  private static final ApiDocument DOCUMENT = ApiDocument.read();

  /** What came back; the body is a missing node where there is none. */
  record Answer(int status, Map<String, String> headers, JsonNode body) {
    String code() {
      return body.path("code").textValue();
    }
  }

  static ApiClient of(TestNode node) {
    return new ApiClient(node, KEY, new TreeSet<>());
  }

  ApiClient with(@Nullable String otherKey) {
    return new ApiClient(node, otherKey, used);
  }

  Answer get(String path) throws IOException {
    return ask("GET", path, null, null);
  }

  Answer delete(String path) throws IOException {
    return ask("DELETE", path, null, null);
  }

  Answer post(String path, String json) throws IOException {
    return ask("POST", path, "application/json", json.replace('\'', '"'));
  }

  Answer ask(String method, String path, @Nullable String type, @Nullable String body)
      throws IOException {
    Answer answer = raw(method, path, type, body);
    String operation =
        DOCUMENT.check(method, "/api/v1" + path.split("\\?", 2)[0], answer.status(), answer.body());
    if (answer.status() < 300) {
      used.add(operation);
    }
    return answer;
  }

  /** The same where what is asked isn't described. */
  Answer raw(String method, String path, @Nullable String type, @Nullable String body)
      throws IOException {
    byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(List.of(method + " /api/v1" + path + " HTTP/1.1"));
    if (key != null) {
      lines.add("Authorization: Bearer " + key);
    }
    if (type != null) {
      lines.add("Content-Type: " + type);
    }
    if (body != null) {
      lines.add("Content-Length: " + content.length);
    }
    try (Socket socket = node.socket()) {
      HttpAnswer answer = HttpAnswer.ask(socket, content, lines.toArray(String[]::new));
      JsonNode json =
          answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
      return new Answer(answer.status(), answer.headers(), json);
    }
  }
}
