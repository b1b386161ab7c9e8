package dev.starling.server.edge.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.starling.core.protocol.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the API says what the router does, and is what it claims to be. */
final class ApiDocumentTest {
  private final ApiDocument document = ApiDocument.read();

  @Test
  void everyOperationIsDescribedAndNothingElseIs() {
    TreeSet<String> routed =
        Arrays.stream(ApiRoute.values())
            .map(route -> route.method() + " " + route.template())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(routed, document.operations().keySet());
  }

  @Test
  void operationsThatNeedNoKeySaySo() {
    for (ApiRoute route : ApiRoute.values()) {
      JsonNode operation = document.operation(route.method() + " " + route.template());
      assertEquals(route.open(), operation.has("security"), route::name);
      assertEquals(!route.open(), operation.get("responses").has("401"), route::name);
    }
    assertEquals("[{\"key\":[]}]", document.root().get("security").toString());
  }

  @Test
  void documentHasTheShapeOfOpenApi() {
    JsonNode root = document.root();
    assertTrue(root.get("openapi").textValue().startsWith("3.1."));
    assertTrue(root.at("/info/title").isTextual());
    assertTrue(root.at("/info/version").isTextual());
    TreeSet<String> ids = new TreeSet<>();
    document
        .operations()
        .forEach((name, operation) -> {
          assertTrue(ids.add(operation.path("operationId").textValue()), name);
          assertFalse(operation.get("responses").isEmpty(), name);
          for (JsonNode response : operation.get("responses")) {
            assertTrue(document.resolved(response).get("description").isTextual(), name);
          }
        });
    for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
      assertEquals(path.getKey().contains("{room}"), path.getValue().has("parameters"));
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (JsonNode reference : document.root().findValues("$ref")) {
      String pointer = reference.textValue().substring(1);
      assertFalse(document.root().at(pointer).isMissingNode(), pointer);
    }
  }

  @Test
  void everySchemaIsOne() {
    var meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    for (JsonNode schema : document.root().at("/components/schemas")) {
      assertEquals(List.of(), meta.validate(schema), schema::toString);
    }
  }

  @Test
  void everyCodeInItIsOneOfTheClosedList() {
    List<String> all = Arrays.stream(Code.values()).map(Code::name).toList();
    for (JsonNode code : document.root().at("/components/schemas/Error/properties/code/enum")) {
      assertTrue(all.contains(code.textValue()), code::toString);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Target|{\"member\":\"m\"}|true",
        "Target|{\"member\":\"m\",\"user\":\"u\"}|false",
        "Target|{}|false",
        "Ban|{\"user\":\"u\",\"seconds\":1}|true",
        "Ban|{\"user\":\"u\",\"second\":1}|false",
        "Message|{\"data\":null}|true",
        "Message|{\"data\":1,\"member\":\"m\",\"user\":\"u\"}|false",
        "Revocation|{\"jti\":\"a\",\"until\":\"2026-11-25T08:00:00Z\"}|true",
        "Revocation|{\"jti\":\"a\",\"before\":\"2026-11-25T08:00:00Z\"}|false",
        "Revocation|{\"user\":\"u\"}|true",
        "NewRoom|{\"room\":\"r\",\"settings\":{\"limit\":0}}|false",
      })
  void bodiesAreDescribedAsTheyAreTaken(String schema, String body, boolean good) throws Exception {
    assertEquals(good, document.admits(schema, ApiDocument.JSON.readTree(body)));
  }
}
