package dev.starling.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {
  private final JsonFields fields = new JsonFields();

  @Test
  void valuesAreFoundWhateverLiesBetween() {
    read(" {\"a\" : {\"x\":[1,\"}\\\"\"]} , \"b\":\"two\",\"c\":[{}],\"d\":-1.5,\"e\":42}");
    assertEquals("{\"x\":[1,\"}\\\"\"]}", text("a"));
    assertEquals("two", text("b"));
    assertEquals("[{}]", text("c"));
    assertEquals("-1.5", text("d"));
    assertEquals(42, fields.number(JsonWire.ascii("e")));
    assertEquals("", text("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"a\"", "{\"a\":", "{\"a\":\"b", "{\"a\":[", "{1:2}"})
  void whatIsNoObjectIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> read(text));
  }

  private void read(String text) {
    byte[] bytes = JsonWire.ascii(text);
    fields.read(bytes, 0, bytes.length);
  }

  private String text(String name) {
    return fields.text(JsonWire.ascii(name));
  }
}
