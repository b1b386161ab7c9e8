package dev.starling.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients are written from the protocol page, so its list of codes must be this one. */
final class CodesOnPaperTest {
  private static final Path PAGE = Path.of("../../docs/PROTOCOL.md");

  @Test
  void theProtocolPageListsEveryCodeAsItIs() throws IOException {
    List<String> onPaper =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| `"))
            .filter(line -> line.split("\\|").length == 8)
            .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 3) + 1))
            .toList();
    assertEquals(Arrays.stream(Code.values()).map(CodesOnPaperTest::row).toList(), onPaper);
  }

  private static String row(Code code) {
    String retry = code.retryKeepsId() ? "same id" : code.retry() ? "later" : "no";
    return String.join(
        " | ",
        "| `" + code.name() + "`",
        String.valueOf(code.closeCode()),
        code.closes() ? "closes" : "stays",
        retry,
        code.mayHaveChangedState() ? "yes" : "no",
        code.grpcStatus() + " |");
  }
}
