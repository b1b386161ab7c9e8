package dev.starling.server.wiring;

import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.SharedCertificate;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that is root in a world of its own, with a small disk: starts one node after another
 * whose directory can't be used, each for another reason, and says how it is.
 */
final class StoreTroubleChild {
  private static final Pattern DEGRADED = Pattern.compile("\"degraded\":(\\[[^]]*])");

  private StoreTroubleChild() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path disk = Path.of(arguments[1]);
    RingConfig.Certificates certificates = SharedCertificate.in(folder.resolve("keys"), "dns:only");
    tell("full", certificates, disk);
    run("mount", "-o", "remount,ro", disk.toString());
    tell("read-only", certificates, disk);
    tell("missing", certificates, folder.resolve("volume/rooms"));
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("postgresql.conf"), "text");
    tell("foreign", certificates, foreign);
    Path corrupt = Files.createDirectory(folder.resolve("corrupt"));
    Files.writeString(corrupt.resolve("store.txt"), "text");
    tell("corrupt", certificates, corrupt);
    System.exit(0);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
    }
  }

  private static void tell(String what, RingConfig.Certificates certificates, Path directory)
      throws IOException, InterruptedException {
    int port = TestNodes.freePort();
    List<String> settings =
        RingSettings.of(certificates, "only", "west", port, "localhost:" + port);
    settings.add("shutdown.drainMs=0");
    settings.add("store.directory=" + directory);
    try (TestNode node = TestNode.start(settings.toArray(String[]::new));
        NativeClient ada = NativeClient.in(node, "den", "ada")) {
      long copies = ada.answer("'type':'chat','room':'den','data':1").number("copies");
      Matcher degraded = DEGRADED.matcher(RingTest.health(node));
      System.out.println(
          what + " " + (degraded.find() ? degraded.group(1) : "?") + " copies " + copies);
    }
  }
}
