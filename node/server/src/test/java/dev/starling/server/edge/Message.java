package dev.starling.server.edge;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON object from the server.
 *
 * @param json as it came
 * @param fields as they were read
 */
public record Message(String json, Map<String, Object> fields) {

  public static Message of(String json) {
    try {
      return new Message(json, JSONObjectUtils.parse(json));
    } catch (ParseException broken) {
      throw new AssertionError("not a JSON object: " + json, broken);
    }
  }

  public boolean has(String field) {
    return fields.containsKey(field);
  }

  public String text(String field) {
    return (String) value(field);
  }

  public long number(String field) {
    return ((Number) value(field)).longValue();
  }

  public boolean flag(String field) {
    return (Boolean) value(field);
  }

  /** An object within this one. */
  @SuppressWarnings("unchecked")
  public Message object(String field) {
    return new Message(json, (Map<String, Object>) value(field));
  }

  public List<?> list(String field) {
    return (List<?>) value(field);
  }

  /** A list of objects. */
  @SuppressWarnings("unchecked")
  List<Message> objects(String field) {
    return list(field).stream().map(o -> new Message(json, (Map<String, Object>) o)).toList();
  }

  private Object value(String field) {
    return Objects.requireNonNull(fields.get(field), () -> "no field " + field + " in " + json);
  }

  @Override
  public String toString() {
    return json;
  }
}
