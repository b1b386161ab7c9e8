package dev.starling.server.auth;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that lists revocations, read again when it changed, on a thread of its own:
 *
 * <pre>
 *   {"revocations":[{"jti":"a1","until":"2027-01-01T00:00:00Z"},{"user":"ann","before":"2026-11-25T08:00:00Z"}]}
 * </pre>
 *
 * Where it can't be used the list before stays in force.
 */
public final class RevocationFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RevocationFile.class);

  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final int POLL_MILLIS = 2000;
  private static final int MAX_TEXT = 256;

  private final WatchedFile file;
  private final RevocationList list;
  private final Runnable changed;
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("starling-revocations").factory());

  private RevocationFile(Path path, RevocationList list, Runnable changed) {
    this.file = new WatchedFile(path, MAX_BYTES);
    this.list = list;
    this.changed = changed;
  }

  /**
   * Reads the file into the list, and goes on doing so.
   *
   * @param changed told after each later change
   * @throws IOException where the file can't be used; the message names it
   */
  public static RevocationFile open(Path path, RevocationList list, Runnable changed)
      throws IOException {
    RevocationFile file = new RevocationFile(path, list, changed);
    try {
      file.read();
    } catch (IOException | RuntimeException unusable) {
      file.close();
      throw new IOException(
          "auth.revocationsFile: " + path + " can't be used: " + unusable.getMessage(), unusable);
    }
    file.keeper.scheduleWithFixedDelay(
        file::watch, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    return file;
  }

  private void watch() {
    try {
      if (read()) {
        changed.run();
      }
    } catch (IOException | RuntimeException unusable) {
      log.warn(
          "auth.revocationsFile: {} can't be used: {}; what was revoked before stays revoked",
          file.path(),
          unusable.getMessage());
    }
  }

  private boolean read() throws IOException {
    String text = file.changed();
    if (text == null) {
      return false;
    }
    list.replace(parse(text));
    return true;
  }

  static List<Revocation> parse(String text) throws IOException {
    try {
      List<Object> entries =
          JSONObjectUtils.getJSONArray(JSONObjectUtils.parse(text), "revocations");
      if (entries == null) {
        throw new IOException("it has no list \"revocations\"");
      }
      if (entries.size() > RevocationList.CAPACITY) {
        throw new IOException("it lists more than " + RevocationList.CAPACITY);
      }
      List<Revocation> revocations = new ArrayList<>();
      for (Object entry : entries) {
        revocations.add(revocation(entry));
      }
      return revocations;
    } catch (ParseException | DateTimeException | ArithmeticException malformed) {
      throw new IOException("it is not a JSON object with a list of revocations", malformed);
    }
  }

  private static Revocation revocation(Object entry) throws IOException, ParseException {
    if (entry instanceof Map<?, ?> fields) {
      if (fields.get("jti") instanceof String id && isName(id) && fields.get("user") == null) {
        Object until = fields.get("until");
        return new Revocation.OfToken(id, until == null ? null : millis(until));
      }
      if (fields.get("user") instanceof String user && isName(user) && fields.get("jti") == null) {
        return new Revocation.OfUser(user, millis(fields.get("before")));
      }
    }
    throw new IOException("an entry has neither \"jti\" nor \"user\" with \"before\"");
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.length() <= MAX_TEXT;
  }

  private static long millis(@Nullable Object time) throws ParseException {
    if (time instanceof String text) {
      return Instant.parse(text).toEpochMilli();
    }
    throw new ParseException("a time is missing", 0);
  }

  @Override
  public void close() {
    keeper.shutdownNow();
  }
}
