package dev.starling.proto.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 8259 calls JSON text, and RFC 3629 UTF-8, and nothing else. */
final class JsonScannerTest {
  private static final int DEPTH = 5;

  static final List<String> JSON =
      List.of(
          "0",
          "-0",
          "7",
          "-12",
          "10",
          "1.5",
          "0.0",
          "-0.25",
          "1e5",
          "1E5",
          "1e+5",
          "1E-5",
          "0e0",
          "12.34e56",
          "123456789012345678901234567890",
          "1e999999999",
          "true",
          "false",
          "null",
          "\"\"",
          "\"a\"",
          "\"longer than eight bytes\"",
          "\"é€🐦\"",
          "\"\u007f\"",
          "\"\u2028\"",
          "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
          "\"\\u0000\"",
          "\"\\uAbCd\"",
          "\"\\uD83D\\uDC26\"",
          "\"\\uD800\"",
          "\"12345678\\n\"",
          "[]",
          "[ ]",
          "[1]",
          "[1,2]",
          "[ 1 , 2 ]",
          "[[],[]]",
          "{}",
          "{ }",
          "{\"a\":1}",
          "{ \"a\" : 1 , \"b\" : [ ] }",
          "{\"\":0}",
          "{\"a\":1,\"a\":2}",
          " 1",
          "1 ",
          "\t\r\n 1 \t\r\n",
          "[{\"a\":[{}]}]");

  @ParameterizedTest
  @FieldSource("JSON")
  void isJson(String text) {
    assertTrue(accepts(utf8(text)));
  }

  static final List<String> NOT_JSON =
      List.of(
          "",
          " ",
          "-",
          "+1",
          "01",
          "-01",
          "00",
          ".5",
          "1.",
          "-.5",
          "1.e5",
          "1e",
          "1e+",
          "1e-",
          "1e1.5",
          "0x10",
          "1_000",
          "1a",
          "NaN",
          "Infinity",
          "-Infinity",
          "tru",
          "True",
          "truee",
          "nul",
          "undefined",
          "\"",
          "\"a",
          "\"\\",
          "\"\\\"",
          "\"\\x41\"",
          "\"\\a\"",
          "\"\\'\"",
          "\"\\u\"",
          "\"\\u12\"",
          "\"\\u123g\"",
          "\"\\u 123\"",
          "\"\\U0041\"",
          "\"a\nb\"",
          "\"a\tb\"",
          "\"\u0000\"",
          "\"\u001f\"",
          "'a'",
          "a",
          "[",
          "]",
          "[1",
          "[1,",
          "[1,]",
          "[,1]",
          "[,]",
          "[1 2]",
          "[1;2]",
          "[}",
          "[1}",
          "{",
          "}",
          "{]",
          "{\"a\"",
          "{\"a\":",
          "{\"a\":1",
          "{\"a\":1,",
          "{\"a\":1,}",
          "{,}",
          "{\"a\"}",
          "{\"a\" 1}",
          "{\"a\"::1}",
          "{a:1}",
          "{1:1}",
          "{\"a\":1 \"b\":2}",
          "{null:1}",
          "1 2",
          "[] []",
          "{} x",
          "//",
          "[1]//",
          "/**/1",
          "[1]]",
          "\u00a01",
          "\u000b1",
          "\f1",
          "\ufeff1",
          "1\u0000",
          "\"a\"\"b\"");

  @ParameterizedTest
  @FieldSource("NOT_JSON")
  void isNotJson(String text) {
    assertFalse(accepts(utf8(text)));
  }

  /** First and last character of each length, and those next to the surrogates. */
  @ParameterizedTest
  @ValueSource(
      strings = {"c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "f0908080", "f48fbfbf"})
  void isUtf8(String hex) {
    assertTrue(accepts(quoted(hex)));
  }

  /** Stray and missing continuations, overlong forms, surrogates, and what lies above U+10FFFF. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c2",
        "c220",
        "c2c2",
        "c080",
        "c1bf",
        "e08080",
        "e09fbf",
        "eda080",
        "edbfbf",
        "e2",
        "e282",
        "e28220",
        "e220ac",
        "f0808080",
        "f08fbfbf",
        "f4908080",
        "f5808080",
        "f8888080",
        "ff",
        "fe",
        "f09f90",
        "f09f9020",
        "f0208080"
      })
  void isNotUtf8(String hex) {
    assertFalse(accepts(quoted(hex)));
  }

  @Test
  void whatMattersIsFoundAtEveryPlaceInAWord() {
    for (int before = 0; before < 20; before++) {
      String plain = "x".repeat(before);
      assertTrue(accepts(utf8('"' + plain + "\\n" + plain + '"')), "escape after " + before);
      assertTrue(accepts(utf8('"' + plain + "é" + plain + '"')), "wide after " + before);
      assertFalse(accepts(utf8('"' + plain + "\n" + plain + '"')), "control after " + before);
      assertFalse(accepts(utf8('"' + plain + '"' + plain + '"')), "quote after " + before);
    }
  }

  @Test
  void depthIsBoundedExactly() {
    for (String nest : new String[] {"[]", "{\"a\":}"}) {
      assertTrue(accepts(utf8(nested(nest, DEPTH))), nest);
      assertFalse(accepts(utf8(nested(nest, DEPTH + 1))), nest);
    }
  }

  @Test
  void widthIsNotDepth() {
    assertTrue(accepts(utf8("[" + "[],".repeat(1_000) + "[]]")));
  }

  @Test
  void deepestScannerTellsArraysFromObjectsAtEveryLevel() {
    assertTrue(accepts(utf8("[".repeat(64) + "]".repeat(64)), JsonScanner.DEEPEST));
    assertTrue(accepts(utf8("{\"a\":".repeat(64) + "0" + "}".repeat(64)), JsonScanner.DEEPEST));
    assertFalse(accepts(utf8("{\"a\":" + "[".repeat(63) + "]".repeat(64)), JsonScanner.DEEPEST));
    assertFalse(accepts(utf8("[".repeat(65) + "]".repeat(65)), JsonScanner.DEEPEST));
  }

  @Test
  void depthOutOfBoundsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new JsonScanner(0));
    assertThrows(IllegalArgumentException.class, () -> new JsonScanner(65));
  }

  @Test
  void textEndsAtItsLengthAndNotAtItsArray() throws JsonException {
    JsonScanner scanner = new JsonScanner(DEPTH);
    scanner.reset(utf8("1234"), 2);
    assertEquals(2, scanner.value(0, 0));
    scanner.reset(utf8("\"abcdefghijkl\""), 9);
    assertThrows(JsonException.class, () -> scanner.value(0, 0));
  }

  private static String nested(String nest, int depth) {
    int middle = nest.length() - 1;
    String open = nest.substring(0, middle);
    String innermost = open.startsWith("[") ? "" : "0";
    return open.repeat(depth) + innermost + nest.substring(middle).repeat(depth);
  }

  private static boolean accepts(byte[] text) {
    return accepts(text, DEPTH);
  }

  private static boolean accepts(byte[] text, int depth) {
    JsonScanner scanner = new JsonScanner(depth);
    scanner.reset(text, text.length);
    try {
      scanner.onlySpaceFrom(scanner.value(scanner.space(0), 0));
      return true;
    } catch (JsonException refused) {
      return false;
    }
  }

  private static byte[] quoted(String hex) {
    return HexFormat.of().parseHex("22" + hex + "22");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
