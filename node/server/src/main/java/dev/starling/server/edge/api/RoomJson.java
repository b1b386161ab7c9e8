package dev.starling.server.edge.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.room.RoomReport;
import dev.starling.crdt.Content;
import dev.starling.crdt.Member;
import dev.starling.proto.WireTime;
import java.io.IOException;

/** Puts what rooms report into JSON. Thread-safe. */
record RoomJson(ObjectReader reader) {

  ApiAnswer answer(int status, String room, RoomReport report) {
    return switch (report) {
      case RoomReport.Refused refused -> ApiAnswer.refused(refused.code(), refused.message());
      case RoomReport.Done done ->
          ApiAnswer.json(
              status, JsonNodeFactory.instance.objectNode().put("members", done.members()));
      case RoomReport.Shown shown -> ApiAnswer.json(status, shown(room, shown));
    };
  }

  /** Without profiles, which members write and which may be large. */
  private JsonNode shown(String room, RoomReport.Shown shown) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("room", room);
    settings(shown.settings(), body.putObject("settings"));
    ArrayNode members = body.putArray("members");
    shown.members().forEach(member -> member(member, members.addObject()));
    return body.put("waiting", shown.waiting());
  }

  private void settings(RoomSettings settings, ObjectNode json) {
    json.put("limit", settings.limit())
        .put("locked", settings.locked())
        .put("lobby", settings.lobby())
        .put("password", settings.password())
        .set("metadata", parsed(settings.metadata()));
  }

  private static void member(Member member, ObjectNode json) {
    json.put("member", member.session())
        .put("user", member.user())
        .put("role", member.role().text())
        .put("region", member.region())
        .put("since", WireTime.of(member.since().millis()));
  }

  /** Metadata that a client gave in the binary form need not be JSON. */
  private JsonNode parsed(Content content) {
    try {
      return content.type().equals(Content.JSON)
          ? reader.readTree(content.bytes().toArray())
          : JsonNodeFactory.instance.objectNode();
    } catch (JsonProcessingException deeperThanHere) {
      return JsonNodeFactory.instance.objectNode();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
