package dev.starling.tools.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A JSON object in the making: fields keep their order. */
final class JsonObject {
  private final Map<String, String> fields = new LinkedHashMap<>();

  JsonObject put(String name, long value) {
    fields.put(name, Long.toString(value));
    return this;
  }

  /** Rounded to thousandths. */
  JsonObject put(String name, double value) {
    fields.put(name, Double.toString(Math.round(value * 1000) / 1000.0));
    return this;
  }

  JsonObject put(String name, boolean value) {
    fields.put(name, Boolean.toString(value));
    return this;
  }

  JsonObject put(String name, String value) {
    fields.put(name, quoted(value));
    return this;
  }

  JsonObject put(String name, JsonObject value) {
    fields.put(name, value.toString());
    return this;
  }

  JsonObject put(String name, List<String> values) {
    fields.put(name, values.stream().map(JsonObject::quoted).toList().toString());
    return this;
  }

  JsonObject putNumbers(String name, List<Long> values) {
    fields.put(name, values.toString());
    return this;
  }

  JsonObject putObjects(String name, List<JsonObject> values) {
    fields.put(name, values.toString());
    return this;
  }

  JsonObject put(String name, Map<String, Long> counts) {
    JsonObject object = new JsonObject();
    counts.forEach(object::put);
    return put(name, object);
  }

  @Override
  public String toString() {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else {
        quoted.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return quoted.append('"').toString();
  }
}
