package dev.starling.server.edge.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way through an operation.
 *
 * @param grant what the caller may do; for public operations nothing
 * @param argument what stands in the path for {@code {room}}, or an empty text
 */
record ApiCall(ApiRequest request, Grant grant, String argument, ObjectReader json) {

  /** The room in the path, which the caller must have a right to. */
  String room() throws ApiRefusal {
    return allowed(argument);
  }

  /** A room's name where the caller has a right to the room. */
  String allowed(@Nullable String room) throws ApiRefusal {
    if (room == null || !Fields.isName(room)) {
      throw ApiRefusal.invalid("room must have 1 to 128 characters, none a control character");
    }
    if (!grant.rooms().matches(room)) {
      throw ApiRefusal.of(Code.FORBIDDEN, "the token is not for this room");
    }
    return room;
  }

  /** Refuses callers whose token is for some rooms only. */
  void needsAllRooms() throws ApiRefusal {
    if (!grant.rooms().equals(RoomPattern.ANY)) {
      throw ApiRefusal.of(Code.FORBIDDEN, "the token is for some rooms only");
    }
  }

  /** The body, which must be an object of these fields. */
  Fields body(String... known) throws ApiRefusal {
    String type = request.contentType();
    if (type == null
        || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
      throw new ApiRefusal(
          ApiAnswer.refused(415, Code.UNSUPPORTED, "the content type must be application/json"));
    }
    return new Fields(parsed(), known);
  }

  private JsonNode parsed() throws ApiRefusal {
    try {
      return json.readTree(request.body().toArray());
    } catch (JsonProcessingException malformed) {
      throw ApiRefusal.of(Code.MALFORMED, "the body is not JSON, or is nested too deep");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The values in the query, the first of each name. */
  @Nullable String query(String name) throws ApiRefusal {
    try {
      Map<String, List<String>> all = new QueryStringDecoder(request.target()).parameters();
      List<String> values = all.get(name);
      return values == null ? null : values.getFirst();
    } catch (IllegalArgumentException malformed) {
      throw ApiRefusal.of(Code.MALFORMED, "the query is not percent-encoded as it should be");
    }
  }
}
