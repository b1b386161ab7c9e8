package dev.starling.tools.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nayuki.qrcodegen.QrCode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QrTextTest {
  private static final String URL = "https://192.0.2.7:7400/";

  @Test
  void everyModuleIsDrawnDarkOnLight() {
    QrCode code = QrCode.encodeText(URL, QrCode.Ecc.MEDIUM);
    List<String> lines = QrText.of(URL).lines().toList();
    for (int y = 0; y < code.size; y++) {
      String line = lines.get((y + 2) / 2).replaceAll("\u001b\\[[0-9;]*m", "");
      for (int x = 0; x < code.size; x++) {
        char upperHalf = y % 2 == 0 ? '▀' : '▄';
        char drawn = line.charAt(x + 2);
        assertEquals(code.getModule(x, y), drawn == '█' || drawn == upperHalf, x + "," + y);
      }
    }
  }

  @Test
  void allLinesAreOfOneWidthWithAMarginAround() {
    int size = QrCode.encodeText(URL, QrCode.Ecc.MEDIUM).size;
    List<Integer> widths =
        QrText.of(URL)
            .lines()
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").length())
            .distinct()
            .toList();
    assertEquals(List.of(size + 4), widths);
  }
}
