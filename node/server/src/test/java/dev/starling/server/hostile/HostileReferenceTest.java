package dev.starling.server.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class HostileReferenceTest {
  private static final Path REFERENCE =
      Path.of(System.getProperty("starling.root", "../.."), "docs", "HOSTILE.md");

  @Test
  void referenceSaysWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("starling.docs.write")) {
      Files.writeString(REFERENCE, HostileReference.text());
    }
    assertEquals(
        HostileReference.text(),
        Files.readString(REFERENCE),
        "docs/HOSTILE.md is out of date; write it anew with: mvn test -pl node/server -am"
            + " -Dtest=HostileReferenceTest -Dstarling.docs.write=true");
  }

  @ParameterizedTest
  @FieldSource("dev.starling.server.hostile.HostileClass#ALL")
  void everyClassHasRowsOfItsOwn(HostileClass hostile) {
    Set<String> names = new HashSet<>();
    for (HostileInput row : hostile.rows()) {
      assertTrue(names.add(row.name()), row.name());
    }
    assertTrue(names.size() >= 10);
  }
}
