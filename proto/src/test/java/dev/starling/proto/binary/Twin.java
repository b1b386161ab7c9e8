package dev.starling.proto.binary;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.starling.proto.v1.Content;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the binary twin of a JSON message by the schema alone: the type names the message, every
 * other name a field. A name that the schema doesn't have fails.
 */
final class Twin {
  private Twin() {}

  /** Fills the frame from a JSON message. */
  static <B extends Message.Builder> B of(JsonNode json, B frame) {
    Descriptor schema = frame.getDescriptorForType();
    FieldDescriptor kind = field(schema, json.get("type").textValue());
    Message.Builder message = frame.newBuilderForField(kind);
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (entry.getKey().equals("offset") && schema.findFieldByName("offset") != null) {
        set(frame, field(schema, "offset"), entry.getValue());
      } else if (!entry.getKey().equals("type")) {
        set(message, field(kind.getMessageType(), entry.getKey()), entry.getValue());
      }
    }
    frame.setField(kind, message.build());
    return frame;
  }

  private static FieldDescriptor field(Descriptor schema, String name) {
    return schema.getFields().stream()
        .filter(field -> field.getJsonName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(schema.getFullName() + " has no " + name));
  }

  private static void set(Message.Builder target, FieldDescriptor field, JsonNode json) {
    if (field.isRepeated()) {
      json.forEach(element -> target.addRepeatedField(field, value(target, field, element)));
    } else {
      target.setField(field, value(target, field, json));
    }
  }

  private static Object value(Message.Builder target, FieldDescriptor field, JsonNode json) {
    return switch (field.getJavaType()) {
      case STRING -> json.textValue();
      case BOOLEAN -> json.booleanValue();
      case LONG -> json.longValue();
      case INT -> json.intValue();
      case ENUM -> constant(field, json.textValue());
      case MESSAGE -> message(target.newBuilderForField(field), json);
      case FLOAT, DOUBLE, BYTE_STRING -> throw new AssertionError("not in the schema: " + field);
    };
  }

  private static EnumValueDescriptor constant(FieldDescriptor field, String name) {
    return field.getEnumType().findValueByName(name.toUpperCase(Locale.ROOT));
  }

  private static Message message(Message.Builder builder, JsonNode json) {
    if (builder instanceof Content.Builder content) {
      return content.setData(ByteString.copyFromUtf8(json.toString())).build();
    }
    json.properties()
        .forEach(entry ->
            set(builder, field(builder.getDescriptorForType(), entry.getKey()), entry.getValue()));
    return builder.build();
  }
}
