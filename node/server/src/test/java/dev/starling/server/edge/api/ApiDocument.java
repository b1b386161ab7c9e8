package dev.starling.server.edge.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The description of the API, as tests hold answers to it. */
public final class ApiDocument {
  static final ObjectMapper JSON = new JsonMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode root;

  private ApiDocument(JsonNode root) {
    this.root = root;
  }

  /** Reads it as the server does. */
  public static ApiDocument read() {
    try (InputStream file = HttpApi.class.getResourceAsStream("openapi.json")) {
      return new ApiDocument(JSON.readTree(Objects.requireNonNull(file)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  JsonNode root() {
    return root;
  }

  /** The operations by {@code METHOD /template}. */
  Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (!method.getKey().equals("parameters")) {
          String name = method.getKey().toUpperCase(Locale.ROOT);
          operations.put(name + " " + path.getKey(), method.getValue());
        }
      }
    }
    return operations;
  }

  JsonNode operation(String name) {
    return Objects.requireNonNull(operations().get(name), name);
  }

  /**
   * Holds an answer to the description.
   *
   * @param path without query
   * @return the operation that it is of
   */
  public String check(String method, String path, int status, JsonNode body) {
    String operation = operationOf(method, path);
    JsonNode responses = operation(operation).get("responses");
    JsonNode response = resolved(responses.path(Integer.toString(status)));
    if (response.isMissingNode()) {
      throw new AssertionError(operation + " isn't described to answer " + status + ": " + body);
    }
    JsonNode schema = response.at("/content/application~1json/schema");
    if (schema.isMissingNode() != body.isMissingNode()) {
      throw new AssertionError(operation + " is described otherwise for " + status + ": " + body);
    }
    if (!schema.isMissingNode()) {
      var errors = SCHEMAS.getSchema(standingAlone(schema)).validate(body);
      if (!errors.isEmpty()) {
        throw new AssertionError(operation + " " + status + ": " + errors + " in " + body);
      }
    }
    return operation;
  }

  /** What is wrong with a body, by the description. */
  boolean admits(String schema, JsonNode body) {
    ObjectNode reference = JSON.createObjectNode();
    reference.put("$ref", "#/components/schemas/" + schema);
    return SCHEMAS.getSchema(standingAlone(reference)).validate(body).isEmpty();
  }

  private String operationOf(String method, String path) {
    for (ApiRoute route : ApiRoute.values()) {
      if (route.method().equals(method)
          && route.match(path.substring(HttpApi.ROOT.length())) != null) {
        return method + " " + route.template();
      }
    }
    throw new AssertionError("no operation for " + method + " " + path);
  }

  JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isMissingNode() ? node : root.at(reference.textValue().substring(1));
  }

  private JsonNode standingAlone(JsonNode schema) {
    ObjectNode alone = schema.deepCopy();
    alone.set("components", root.get("components"));
    return alone;
  }
}
