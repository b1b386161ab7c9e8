package dev.starling.tools;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster's operators connect, and by what right: a file that only its owner can read. It
 * holds a JSON object with these names.
 *
 * @param endpoints HOST:PORT of nodes; the first one that answers is asked
 * @param tls whether they speak TLS
 * @param authority PEM file with whom to trust, or null for whom the JDK trusts
 * @param certificate PEM file with what to show, or null
 * @param key its private key, or null
 * @param token an admin token, or null
 */
public record Context(
    List<String> endpoints,
    boolean tls,
    @Nullable String authority,
    @Nullable String certificate,
    @Nullable String key,
    @Nullable String token) {
  public Context {
    endpoints = List.copyOf(endpoints);
  }

  /** Nothing but addresses. */
  public static Context of(List<String> endpoints) {
    return new Context(endpoints, false, null, null, null, null);
  }

  /**
   * Reads a file.
   *
   * @throws CommandFailure where it can't be used
   */
  public static Context read(Path file) {
    try {
      Map<String, Object> json = JSONObjectUtils.parse(Files.readString(file));
      return new Context(
          strings(json),
          JSONObjectUtils.getBoolean(json, "tls"),
          JSONObjectUtils.getString(json, "authority"),
          JSONObjectUtils.getString(json, "certificate"),
          JSONObjectUtils.getString(json, "key"),
          JSONObjectUtils.getString(json, "token"));
    } catch (IOException | ParseException broken) {
      throw new CommandFailure("the context " + file + " can't be used: " + broken.getMessage());
    }
  }

  private static List<String> strings(Map<String, Object> json) throws ParseException {
    List<String> endpoints = JSONObjectUtils.getStringList(json, "endpoints");
    if (endpoints == null || endpoints.isEmpty()) {
      throw new ParseException("it has no endpoints", 0);
    }
    return endpoints;
  }

  /**
   * Writes the file, all of it or nothing.
   *
   * @throws CommandFailure where that fails
   */
  public void write(Path file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("endpoints", endpoints);
    json.put("tls", tls);
    json.put("authority", authority);
    json.put("certificate", certificate);
    json.put("key", key);
    json.put("token", token);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      SecretFile.replace(file, JSONObjectUtils.toJSONString(json) + "\n");
    } catch (IOException broken) {
      throw new CommandFailure("the context " + file + " can't be written: " + broken);
    }
  }

  @Override
  public String toString() {
    return "Context" + endpoints;
  }
}
