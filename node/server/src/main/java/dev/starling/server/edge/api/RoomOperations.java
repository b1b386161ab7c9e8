package dev.starling.server.edge.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.crdt.Content;
import dev.starling.server.host.HostedRooms;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What can be asked about rooms. */
final class RoomOperations {
  private static final int MAX_PAGE = 1000;
  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_MEMBERS = 1_000_000;
  private static final int MAX_PASSWORD = 256;
  private static final int MAX_BAN_SECONDS = 315_360_000;

  private final HostedRooms rooms;
  private final RoomJson json;
  private final int metadataBytes;
  private final Executor executor;

  /**
   * @param executor turns reports into JSON, so that no room's loop does
   */
  RoomOperations(HostedRooms rooms, RoomJson json, int metadataBytes, Executor executor) {
    this.rooms = rooms;
    this.json = json;
    this.metadataBytes = metadataBytes;
    this.executor = executor;
  }

  CompletableFuture<ApiAnswer> list(ApiCall call) throws ApiRefusal {
    HostedRooms.Page page =
        rooms.page(call.query("after"), limit(call.query("limit")), call.grant().rooms()::matches);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("rooms");
    for (HostedRooms.Listed listed : page.rooms()) {
      list.addObject().put("room", listed.room()).put("members", listed.members());
    }
    if (page.more()) {
      body.put("next", page.rooms().getLast().room());
    }
    return CompletableFuture.completedFuture(ApiAnswer.json(200, body));
  }

  private static int limit(@Nullable String text) throws ApiRefusal {
    if (text == null) {
      return DEFAULT_PAGE;
    }
    if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > MAX_PAGE) {
      throw ApiRefusal.invalid("limit must be a whole number from 1 to " + MAX_PAGE);
    }
    return Integer.parseInt(text);
  }

  CompletableFuture<ApiAnswer> create(ApiCall call) throws ApiRefusal {
    Fields body = call.body("room", "settings");
    String room = call.allowed(body.name("room"));
    JsonNode settings = body.value("settings");
    SettingsChange change =
        change(settings == null ? JsonNodeFactory.instance.objectNode() : settings);
    String location =
        HttpApi.ROOT
            + "/rooms/"
            + URLEncoder.encode(room, StandardCharsets.UTF_8).replace("+", "%20");
    return answered(
        rooms.open(room, change),
        report -> json.answer(201, room, report).with("location", location));
  }

  private SettingsChange change(JsonNode settings) throws ApiRefusal {
    Fields fields = new Fields(settings, "limit", "locked", "lobby", "password", "metadata");
    Long limit = fields.number("limit", 1, MAX_MEMBERS);
    Content metadata = fields.object("metadata", metadataBytes);
    return new SettingsChange(
        limit == null ? null : Math.toIntExact(limit),
        fields.flag("locked"),
        fields.flag("lobby"),
        fields.text("password", MAX_PASSWORD),
        // A room that nothing is known of is forgotten at once.
        metadata == null ? Content.EMPTY_OBJECT : metadata);
  }

  CompletableFuture<ApiAnswer> show(ApiCall call) throws ApiRefusal {
    String room = call.room();
    return ordered(room, new RoomOrder.Show());
  }

  CompletableFuture<ApiAnswer> close(ApiCall call) throws ApiRefusal {
    return silently(call.room(), new RoomOrder.Close());
  }

  CompletableFuture<ApiAnswer> kick(ApiCall call) throws ApiRefusal {
    Fields body = call.body("member", "user");
    String member = body.name("member");
    String user = body.name("user");
    if ((member == null) == (user == null)) {
      throw ApiRefusal.invalid("either member or user is needed");
    }
    return ordered(call.room(), new RoomOrder.Kick(member, user));
  }

  CompletableFuture<ApiAnswer> ban(ApiCall call) throws ApiRefusal {
    Fields body = call.body("member", "user", "seconds");
    String member = body.name("member");
    String user = body.name("user");
    if ((member == null) == (user == null)) {
      throw ApiRefusal.invalid("either member or user is needed");
    }
    Long seconds = body.number("seconds", 1, MAX_BAN_SECONDS);
    return ordered(call.room(), new RoomOrder.Ban(member, user, seconds));
  }

  CompletableFuture<ApiAnswer> unban(ApiCall call) throws ApiRefusal {
    String user = call.body("user").name("user");
    if (user == null) {
      throw ApiRefusal.invalid("user is needed");
    }
    return silently(call.room(), new RoomOrder.Unban(user));
  }

  CompletableFuture<ApiAnswer> send(ApiCall call) throws ApiRefusal {
    Fields body = call.body("member", "user", "data");
    String member = body.name("member");
    String user = body.name("user");
    Content data = body.json("data");
    if (data == null) {
      throw ApiRefusal.invalid("data is needed");
    }
    if (member != null && user != null) {
      throw ApiRefusal.invalid("member and user can't be named together");
    }
    return ordered(call.room(), new RoomOrder.Announce(member, user, data));
  }

  private CompletableFuture<ApiAnswer> ordered(String room, RoomOrder order) {
    return answered(rooms.order(room, order), report -> json.answer(200, room, report));
  }

  /** The same without anything to tell but that it is done. */
  private CompletableFuture<ApiAnswer> silently(String room, RoomOrder order) {
    return answered(
        rooms.order(room, order),
        report ->
            report instanceof RoomReport.Done ? ApiAnswer.empty() : json.answer(200, room, report));
  }

  private interface Wording {
    ApiAnswer answer(RoomReport report);
  }

  private CompletableFuture<ApiAnswer> answered(
      CompletableFuture<RoomReport> report, Wording wording) {
    return report.thenApplyAsync(wording::answer, executor);
  }
}
