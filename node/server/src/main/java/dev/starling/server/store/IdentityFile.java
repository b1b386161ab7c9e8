package dev.starling.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The file that says whose store a directory is, as lines of text that end with their checksum. */
final class IdentityFile {
  static final String NAME = "store.txt";

  private static final String TITLE = "Rooms of a Starling node. Don't change anything in here.";
  private static final String FORMAT = "format ";
  private static final int FORMAT_NOW = 1;
  private static final long MOST_BYTES = 4_096;

  private final Path directory;
  private final Path file;

  IdentityFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(NAME);
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Writes it where there is none yet or another node's; refuses what isn't this node's. */
  void claim(StoreIdentity own) throws StoreFault {
    try {
      StoreIdentity found = exists() ? read() : null;
      if (found != null) {
        compare(found, own);
      }
      if (!own.equals(found)) {
        write(own);
      }
    } catch (IOException failed) {
      throw Faults.of(failed, directory);
    }
  }

  private void compare(StoreIdentity found, StoreIdentity own) throws StoreFault {
    if (!found.cluster().equals(own.cluster()) || !found.region().equals(own.region())) {
      throw new StoreFault(
          StoreState.FOREIGN,
          "The store in "
              + directory
              + " is of cluster "
              + found.cluster()
              + " and region "
              + found.region()
              + ", this node of cluster "
              + own.cluster()
              + " and region "
              + own.region()
              + ": set another store.directory, or move that one away, and restart.",
          null);
    }
  }

  private StoreIdentity read() throws IOException, StoreFault {
    List<String> lines = lines();
    int format = format(lines);
    if (format > FORMAT_NOW) {
      throw new StoreFault(
          StoreState.NEWER,
          "The store in "
              + directory
              + " has format "
              + format
              + ", which a newer version wrote; this one reads "
              + FORMAT_NOW
              + ": run that version, or set another store.directory.",
          null);
    }
    StoreIdentity found = format == FORMAT_NOW ? parse(lines) : null;
    if (found == null || !text(found).equals(String.join("\n", lines) + "\n")) {
      throw Faults.corrupt(directory, new IOException(NAME + " doesn't check out"));
    }
    return found;
  }

  private List<String> lines() throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      return List.of();
    }
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
  }

  /** The format, 0 where it isn't to be read; a newer one is only believed by its checksum. */
  private static int format(List<String> lines) {
    if (lines.size() < 3 || !lines.get(1).startsWith(FORMAT)) {
      return 0;
    }
    List<String> body = lines.subList(0, lines.size() - 1);
    if (!lines.getLast().equals(checkLine(String.join("\n", body) + "\n"))) {
      return 0;
    }
    try {
      return Integer.parseInt(lines.get(1).substring(FORMAT.length()));
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  private static @Nullable StoreIdentity parse(List<String> lines) {
    try {
      return new StoreIdentity(word(lines, 2), word(lines, 3), word(lines, 4));
    } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
      return null;
    }
  }

  private static String word(List<String> lines, int line) {
    return lines.get(line).substring(lines.get(line).indexOf(' ') + 1);
  }

  private static String text(StoreIdentity identity) {
    String body =
        TITLE
            + "\n"
            + FORMAT
            + FORMAT_NOW
            + "\ncluster "
            + identity.cluster()
            + "\nregion "
            + identity.region()
            + "\nnode "
            + identity.node()
            + "\n";
    return body + checkLine(body) + "\n";
  }

  /** The last line of a text. */
  static String checkLine(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
    return "check " + HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private void write(StoreIdentity identity) throws IOException {
    Path fresh = directory.resolve(NAME + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text(identity));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
