package dev.starling.server.edge;

import dev.starling.crdt.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The demo and the SDK, read once at the start, so that no request touches a disk. Immutable. */
final class WebFiles {
  private static final String FOLDER = "web";
  private static final String INDEX = "/index.html";
  private static final String SDK = "/sdk/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "ts", "text/plain; charset=utf-8",
          "md", "text/plain; charset=utf-8",
          "png", "image/png",
          "ico", "image/x-icon");

  /** A file as it is served. */
  record WebFile(String type, String etag, Bytes body) {}

  private final Map<String, WebFile> byPath;

  private WebFiles(Map<String, WebFile> byPath) {
    this.byPath = byPath;
  }

  /** Reads the files from the class path. */
  static WebFiles load(boolean demo) {
    URL folder = WebFiles.class.getClassLoader().getResource(FOLDER);
    Map<String, WebFile> files = new TreeMap<>();
    if (folder == null) {
      return new WebFiles(files);
    }
    try {
      URI uri = folder.toURI();
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          readTree(jar.getPath(FOLDER), demo, files);
        }
      } else {
        readTree(Path.of(uri), demo, files);
      }
    } catch (IOException | URISyntaxException broken) {
      throw new IllegalStateException("the web files can't be read: " + folder, broken);
    }
    return new WebFiles(files);
  }

  /** The file for a request's path, or null. */
  @Nullable WebFile at(String path) {
    return byPath.get(path.equals("/") ? INDEX : path);
  }

  private static void readTree(Path root, boolean demo, Map<String, WebFile> files)
      throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      tree.filter(Files::isRegularFile)
          .forEach(file -> {
            String path = "/" + root.relativize(file).toString().replace('\\', '/');
            if (demo || path.startsWith(SDK)) {
              files.put(path, read(file));
            }
          });
    }
  }

  private static WebFile read(Path file) {
    try {
      byte[] body = Files.readAllBytes(file);
      String name = file.getFileName().toString();
      String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      return new WebFile(
          TYPES.getOrDefault(ending, "application/octet-stream"),
          "\"" + digest(body) + "\"",
          Bytes.wrap(body));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String digest(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
