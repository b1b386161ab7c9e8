package dev.starling.tools.dev;

import dev.starling.tools.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's own tool for certificates: no public class of the JDK makes any. */
final class Keytool {
  /**
   * Key stores have to have one; what protects those here is that only their owner can read the
   * folder.
   */
  static final String PASSWORD = "development";

  private static final int PATIENCE_SECONDS = 60;

  private final Path folder;

  /**
   * @param folder where it reads and writes
   */
  Keytool(Path folder) {
    this.folder = folder;
  }

  /** Runs it on an entry of a key store in the folder. */
  void run(Path store, String alias, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    // It runs for a moment: starting fast is what counts.
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", alias, "-keystore", store.toAbsolutePath().toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Path output = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new CommandFailure("keytool failed: " + Files.readString(output).strip());
    }
  }
}
