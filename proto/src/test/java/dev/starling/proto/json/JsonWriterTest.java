package dev.starling.proto.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.crdt.Bytes;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonWriterTest {
  private final JsonWriter json = new JsonWriter();

  @Test
  void commasStandBetweenMembersAndElementsOnly() {
    json.open('{').name("a").number(1).name("b").open('[').number(2).bool(true).close(']');
    json.name("c").open('{').close('}').name("d").raw(Bytes.utf8("[ 3 ]")).close('}');
    assertEquals("{\"a\":1,\"b\":[2,true],\"c\":{},\"d\":[ 3 ]}", written());
  }

  @Test
  void clearedWriterStartsAfresh() {
    json.open('[').number(1).close(']').clear();
    assertEquals("5", writtenAfter(json.number(5)));
  }

  @Test
  void halfASurrogatePairBecomesAReplacementCharacter() {
    json.string("a\uD83D").clear();
    assertEquals("\"a\uFFFDb\"", writtenAfter(json.string("a\uD83Db")));
    json.clear();
    assertEquals("\"\uFFFD\uFFFD\"", writtenAfter(json.string("\uDC26\uD83D")));
  }

  @Test
  void bytesAreWrittenAsBase64() {
    assertEquals("\"AP8=\"", writtenAfter(json.base64(Bytes.wrap(new byte[] {9, 0, -1}, 1, 2))));
  }

  @Test
  void textLargerThanTheBufferFits() {
    String large = "é".repeat(300_000);
    assertEquals('"' + large + '"', writtenAfter(json.string(large)));
  }

  @Property(tries = 2_000)
  void everyStringIsReadBackAsItWas(Choices choices) {
    StringBuilder text = new StringBuilder();
    for (int left = choices.between(0, 40); left > 0; left--) {
      text.appendCodePoint(character(choices));
    }
    json.clear();
    json.string(text.toString());
    assertEquals(text.toString(), Reference.tree(json.buffer(), json.length()).textValue());
    byte[] bytes = json.buffer();
    assertEquals(text.toString(), JsonText.decode(bytes, 1, json.length() - 1));
  }

  private static int character(Choices choices) {
    int point =
        switch (choices.between(0, 3)) {
          case 0 -> choices.between(0, 0x1F);
          case 1 ->
              choices.oneOf((int) '"', (int) '\\', (int) '/', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF);
          case 2 -> choices.between(0x20, 0x7E);
          default -> choices.between(0, Character.MAX_CODE_POINT);
        };
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '?' : point;
  }

  private static String writtenAfter(JsonWriter writer) {
    return new String(writer.buffer(), 0, writer.length(), StandardCharsets.UTF_8);
  }

  private String written() {
    return writtenAfter(json);
  }
}
