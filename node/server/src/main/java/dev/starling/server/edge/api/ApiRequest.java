package dev.starling.server.edge.api;

import dev.starling.crdt.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API.
 *
 * @param target path and query as they were sent
 * @param authorization the header of that name, or null
 * @param contentType the header of that name, or null
 */
public record ApiRequest(
    String method,
    String target,
    @Nullable String authorization,
    @Nullable String contentType,
    Bytes body) {
  @Override
  public String toString() {
    return "ApiRequest[method=" + method + "]";
  }
}
