package dev.starling.server.edge.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Role;
import dev.starling.server.host.Admission;
import dev.starling.server.host.HostedRooms;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API: finds a request's operation, holds it to the caller's rights and answers it.
 * Thread-safe; blocks nobody.
 */
public final class HttpApi {
  static final String ROOT = "/api/v1";

  private static final Logger log = LoggerFactory.getLogger(HttpApi.class);

  private static final int TIMEOUT_SECONDS = 5;
  private static final String BEARER = "bearer ";
  private static final Grant NO_GRANT =
      new Grant("", new RoomPattern(""), Role.MEMBER, Long.MAX_VALUE);

  private final ApiConfig config;
  private final Admission access;
  private final RevocationDesk revocations;
  private final InstantSource wallClock;
  private final Executor executor;
  private final RequestRate rate;
  private final ObjectReader json;
  private final ApiAnswer document;
  private final RoomOperations rooms;

  /**
   * @param access decides about keys and admin tokens
   * @param executor runs the requests; may reject what is too much
   * @param nanoClock monotonic
   */
  public HttpApi(
      ApiConfig config,
      HostedRooms rooms,
      Admission access,
      RevocationDesk revocations,
      Executor executor,
      InstantSource wallClock,
      LongSupplier nanoClock) {
    this.config = config;
    this.access = access;
    this.revocations = revocations;
    this.wallClock = wallClock;
    this.executor = executor;
    this.rate = new RequestRate(config.requestsPerSecond(), nanoClock);
    this.json = reader(config.jsonDepth());
    this.document = new ApiAnswer(200, Map.of(), document());
    this.rooms = new RoomOperations(rooms, new RoomJson(json), config.metadataBytes(), executor);
  }

  /** Duplicate names are refused, and numbers keep their digits. */
  private static ObjectReader reader(int depth) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(depth).build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build()
        .reader();
  }

  private static Bytes document() {
    try (InputStream file = HttpApi.class.getResourceAsStream("openapi.json")) {
      return Bytes.wrap(Objects.requireNonNull(file, "openapi.json").readAllBytes());
    } catch (IOException unreadable) {
      throw new IllegalStateException("openapi.json can't be read", unreadable);
    }
  }

  /** Whether a path is the API's. */
  public static boolean owns(String path) {
    return path.startsWith(ROOT + "/") || path.equals(ROOT);
  }

  /** Answers a request, once, on any thread. */
  public CompletableFuture<ApiAnswer> answer(ApiRequest request) {
    CompletableFuture<ApiAnswer> answer = new CompletableFuture<>();
    try {
      executor.execute(() -> begin(request, answer));
    } catch (RejectedExecutionException full) {
      answer.completeExceptionally(full);
    }
    boolean changes = !request.method().equals("GET") && !request.method().equals("HEAD");
    return within(answer, TIMEOUT_SECONDS, changes);
  }

  /**
   * An answer, or what is said in its place.
   *
   * @param changes whether the request may change something
   */
  static CompletableFuture<ApiAnswer> within(
      CompletableFuture<ApiAnswer> answer, int seconds, boolean changes) {
    return answer
        .orTimeout(seconds, TimeUnit.SECONDS)
        .exceptionally(fault -> failed(fault, changes));
  }

  private void begin(ApiRequest request, CompletableFuture<ApiAnswer> answer) {
    guarded(
        answer,
        () -> {
          String target = request.target();
          int query = target.indexOf('?');
          String path = (query < 0 ? target : target.substring(0, query)).substring(ROOT.length());
          ApiRoute route = route(request.method(), path);
          String argument = ApiRoute.decoded(Objects.requireNonNull(route.match(path)));
          if (route.open()) {
            run(route, new ApiCall(request, NO_GRANT, argument, json), answer);
          } else {
            access.admit(
                credential(request), verdict -> judged(verdict, route, request, argument, answer));
          }
        });
  }

  private ApiRoute route(String method, String path) throws ApiRefusal {
    List<ApiRoute> there =
        Arrays.stream(ApiRoute.values()).filter(route -> route.match(path) != null).toList();
    if (there.isEmpty()) {
      throw new ApiRefusal(
          ApiAnswer.refused(404, Code.UNSUPPORTED, "no such path; see " + ROOT + "/openapi.json"));
    }
    String wanted = method.equals("HEAD") ? "GET" : method;
    for (ApiRoute route : there) {
      if (route.method().equals(wanted)) {
        return route;
      }
    }
    String allowed = String.join(", ", there.stream().map(ApiRoute::method).toList());
    throw new ApiRefusal(
        ApiAnswer.refused(405, Code.UNSUPPORTED, "the methods here are " + allowed)
            .with("allow", allowed));
  }

  private static String credential(ApiRequest request) throws ApiRefusal {
    String header = request.authorization();
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw ApiRefusal.of(
          Code.UNAUTHENTICATED, "a key or an admin token is needed: Authorization: Bearer …");
    }
    return header.substring(BEARER.length()).strip();
  }

  private void judged(
      HandshakeInput verdict,
      ApiRoute route,
      ApiRequest request,
      String argument,
      CompletableFuture<ApiAnswer> answer) {
    guarded(
        answer,
        () -> {
          switch (verdict) {
            case HandshakeInput.Verified verified -> {
              if (!rate.take()) {
                throw ApiRefusal.of(Code.RATE_LIMITED, "too many requests; slow down");
              }
              log.debug(
                  "{} asks for {} {}", verified.grant().user(), route.method(), route.template());
              run(route, new ApiCall(request, verified.grant(), argument, json), answer);
            }
            case HandshakeInput.Rejected rejected ->
                throw ApiRefusal.of(rejected.code(), rejected.message());
            default -> throw new IllegalStateException("no verdict: " + verdict);
          }
        });
  }

  private void run(ApiRoute route, ApiCall call, CompletableFuture<ApiAnswer> answer)
      throws ApiRefusal {
    operation(route, call)
        .whenComplete((done, fault) -> {
          if (fault == null) {
            answer.complete(done);
          } else {
            answer.completeExceptionally(fault);
          }
        });
  }

  private CompletableFuture<ApiAnswer> operation(ApiRoute route, ApiCall call) throws ApiRefusal {
    return switch (route) {
      case DESCRIPTION -> now(document);
      case REGIONS -> now(regions());
      case LIST_ROOMS -> rooms.list(call);
      case CREATE_ROOM -> rooms.create(call);
      case SHOW_ROOM -> rooms.show(call);
      case CLOSE_ROOM -> rooms.close(call);
      case KICK -> rooms.kick(call);
      case BAN -> rooms.ban(call);
      case UNBAN -> rooms.unban(call);
      case SEND -> rooms.send(call);
      case REVOKE -> revoke(call);
    };
  }

  private interface Step {
    void run() throws ApiRefusal;
  }

  private static void guarded(CompletableFuture<ApiAnswer> answer, Step step) {
    try {
      step.run();
    } catch (ApiRefusal refusal) {
      answer.complete(refusal.answer());
    } catch (RuntimeException fault) {
      answer.completeExceptionally(fault);
    }
  }

  private static ApiAnswer failed(Throwable fault, boolean changes) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    if (changes && cause instanceof TimeoutException) {
      return ApiAnswer.refused(
          Code.INDETERMINATE, "no answer in time; it may have been done, so look before repeating");
    }
    if (cause instanceof RejectedExecutionException || cause instanceof TimeoutException) {
      return ApiAnswer.refused(Code.BUSY, "too much is under way; ask again later");
    }
    log.error("a request to the API failed; this is a fault of the server", cause);
    return ApiAnswer.refused(Code.INTERNAL, "a fault of the server");
  }

  private ApiAnswer regions() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode region = body.putArray("regions").addObject().put("name", config.region());
    config.urls().forEach(region.putArray("urls")::add);
    return ApiAnswer.json(200, body).with("access-control-allow-origin", "*");
  }

  private CompletableFuture<ApiAnswer> revoke(ApiCall call) throws ApiRefusal {
    call.needsAllRooms();
    Fields body = call.body("jti", "until", "user", "before");
    String id = body.text("jti", 256);
    String user = body.name("user");
    Long until = body.time("until");
    Long before = body.time("before");
    if ((id == null) == (user == null)
        || (id == null && until != null)
        || (user == null && before != null)) {
      throw ApiRefusal.invalid("either jti, perhaps with until, or user, perhaps with before");
    }
    boolean taken =
        id != null
            ? revocations.revokeToken(id, until)
            : revocations.revokeUser(
                Objects.requireNonNull(user), before == null ? wallClock.millis() : before);
    if (!taken) {
      throw ApiRefusal.of(Code.BUSY, "the list of revocations is full; put them into the file");
    }
    return now(ApiAnswer.empty());
  }

  private static CompletableFuture<ApiAnswer> now(ApiAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
