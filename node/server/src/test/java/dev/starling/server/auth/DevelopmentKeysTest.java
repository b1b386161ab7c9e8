package dev.starling.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevelopmentKeysTest {
  @TempDir Path home;

  @Test
  void secretIsMadeOnceAndKept() throws IOException {
    String secret = new DevelopmentKeys(home).secret();
    assertEquals(43, secret.length());
    assertEquals(secret, new DevelopmentKeys(home).secret());
    assertEquals(secret, Files.readString(home.resolve("dev/auth.secret")).strip());
  }

  @Test
  void onlyTheOwnerCanReadIt() throws IOException {
    new DevelopmentKeys(home).secret();
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(home.resolve("dev/auth.secret")));
  }

  @Test
  void allWhoAskAtOnceGetTheSameAndNoDraftIsLeft() throws Exception {
    Callable<String> ask = () -> new DevelopmentKeys(home).secret();
    Set<String> answers = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<String> answer : threads.invokeAll(List.of(ask, ask, ask, ask, ask, ask, ask))) {
        answers.add(answer.get());
      }
    }
    assertEquals(1, answers.size());
    try (Stream<Path> files = Files.list(home.resolve("dev"))) {
      assertEquals(
          List.of("auth.secret"), files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void secretThatWasCutShortIsRefused() throws IOException {
    Files.createDirectories(home.resolve("dev"));
    Files.writeString(home.resolve("dev/auth.secret"), "short\n");
    IOException refusal = assertThrows(IOException.class, () -> new DevelopmentKeys(home).secret());
    assertTrue(refusal.toString().contains("remove it"), refusal::toString);
  }

  @Test
  void folderIsNamedByTheEnvironment() {
    assertEquals(Path.of("/keys"), DevelopmentKeys.home(Map.of("STARLING_HOME", "/keys")));
    assertEquals(Path.of(".starling"), DevelopmentKeys.home(Map.of()));
  }
}
