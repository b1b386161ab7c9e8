package dev.starling.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SettingsReferenceTest {
  private static final Path REFERENCE =
      Path.of(System.getProperty("starling.root", "../.."), "docs", "CONFIGURATION.md");

  @Test
  void referenceSaysWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("starling.docs.write")) {
      Files.writeString(REFERENCE, SettingsReference.text());
    }
    assertEquals(
        SettingsReference.text(),
        Files.readString(REFERENCE),
        "docs/CONFIGURATION.md is out of date; write it anew with: mvn test -pl node/server -am"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest=SettingsReferenceTest"
            + " -Dstarling.docs.write=true");
  }
}
