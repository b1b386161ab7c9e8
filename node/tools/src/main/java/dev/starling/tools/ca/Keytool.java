package dev.starling.tools.ca;

import dev.starling.tools.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's own tool for certificates: no public class of the JDK makes any. */
final class Keytool {
  private static final String PASSWORD_VARIABLE = "STARLING_KEYTOOL_PASSWORD";
  private static final int PATIENCE_SECONDS = 60;

  private final Path folder;
  private final String password;

  /**
   * @param folder where it reads and writes
   * @param password of all key stores
   */
  Keytool(Path folder, String password) {
    this.folder = folder;
    this.password = password;
  }

  /** Runs it on an entry of a key store. */
  void run(Path store, String alias, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    // It runs for a moment: starting fast is what counts.
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", alias, "-keystore", store.toAbsolutePath().toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass:env", PASSWORD_VARIABLE));
    Path output = folder.resolve("keytool.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // A command line is for all users of a machine to see.
    builder.environment().put(PASSWORD_VARIABLE, password);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new CommandFailure("keytool failed: " + Files.readString(output).strip());
    }
  }
}
