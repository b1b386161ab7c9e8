package dev.starling.proto.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.proto.ClientFrame.Refused;
import dev.starling.proto.ClientFrame.Valid;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonFrameReaderTest {
  private static final int DEPTH = 5;
  private static final String MAX_ID = "9007199254740991";

  private final JsonFrameReader reader = new JsonFrameReader(DEPTH);

  @Test
  void helloMayBringATokenAndASessionToResume() {
    assertEquals(new ClientMessage.Hello(null, null), message("{'type':'hello'}"));
    assertEquals(
        new ClientMessage.Hello("t", new ClientMessage.Resume("r", "o")),
        message("{'type':'hello','token':'t','resume':{'token':'r','offset':'o'}}"));
  }

  @Test
  void joinNeedsNeitherProfileNorPassword() {
    assertEquals(
        new ClientMessage.Join(1, "r", Content.EMPTY_OBJECT, null),
        message("{'type':'join','id':1,'room':'r'}"));
    assertEquals(
        new ClientMessage.Join(1, "r", json("{'a': 1}"), "p"),
        message("{'type':'join','id':1,'room':'r','profile':{'a': 1},'password':'p'}"));
  }

  @Test
  void otherMessagesAreReadWithTheirFields() {
    assertEquals(new ClientMessage.Leave(2, "r"), message("{'type':'leave','id':2,'room':'r'}"));
    assertEquals(
        new ClientMessage.Signal(3, "r", "m", json("[1,2]")),
        message("{'type':'signal','id':3,'room':'r','to':'m','data':[1,2]}"));
    assertEquals(
        new ClientMessage.Broadcast(4, "r", json("null")),
        message("{'type':'broadcast','id':4,'room':'r','data':null}"));
    assertEquals(
        new ClientMessage.Profile(5, "r", json("{}")),
        message("{'type':'profile','id':5,'room':'r','profile':{}}"));
    assertEquals(
        new ClientMessage.Chat(7, "r", json("'hi'")),
        message("{'type':'chat','id':7,'room':'r','data':'hi'}"));
    assertEquals(new ClientMessage.Confirm("o"), message("{'type':'confirm','offset':'o'}"));
    assertEquals(new ClientMessage.Ping(), message("{'type':'ping'}"));
  }

  @Test
  void pageOfHistoryHasADefaultAndAMaximum() {
    assertEquals(
        new ClientMessage.History(8, "r", null, 50),
        message("{'type':'history','id':8,'room':'r'}"));
    assertEquals(
        new ClientMessage.History(8, "r", "m", 100),
        message("{'type':'history','id':8,'room':'r','before':'m','limit':100}"));
    refused(Code.INVALID, "{'type':'history','id':8,'room':'r','limit':101}");
    refused(Code.INVALID, "{'type':'history','id':8,'room':'r','limit':0}");
  }

  @Test
  void payloadIsAWindowOnItsFrame() {
    byte[] frame = utf8("{'type':'chat','id':1,'room':'r','data': {'a' :[ 1.50 ]} }");
    Valid valid = assertInstanceOf(Valid.class, reader.read(frame, frame.length));
    Bytes bytes = assertInstanceOf(ClientMessage.Chat.class, valid.message()).data().bytes();
    assertSame(frame, bytes.array());
    assertEquals("{\"a\" :[ 1.50 ]}", bytes.text());
  }

  @Test
  void unknownFieldsAreCheckedAndIgnored() {
    assertEquals(new ClientMessage.Ping(), message("{'x':[{'type':'join'}],'type':'ping','y':1}"));
    refused(Code.MALFORMED, "{'x':[01],'type':'ping'}");
  }

  @Test
  void knownFieldTwiceIsRefused() {
    refused(Code.INVALID, "{'type':'ping','type':'ping'}");
    refused(Code.INVALID, "{'type':'ping','\\u0074ype':'ping'}");
    refused(Code.INVALID, "{'type':'hello','resume':{'token':'a','offset':'o','to\\u006ben':'b'}}");
  }

  @Test
  void unknownFieldTwiceIsNoMatter() {
    assertEquals(new ClientMessage.Ping(), message("{'x':1,'type':'ping','x':2}"));
  }

  @Test
  void escapedNamesAndValuesAreUnderstood() {
    assertEquals(new ClientMessage.Ping(), message("{'t\\u0079pe':'p\\u0069ng'}"));
    assertEquals(
        new ClientMessage.Leave(1, "a/\"\\🐦"),
        message("{'type':'leave','id':1,'room':'a\\/\\\"\\\\\\uD83D\\uDC26'}"));
  }

  @Test
  void idsRunFromOneToTheLargestSafeInteger() {
    assertEquals(
        new ClientMessage.Leave(9007199254740991L, "r"),
        message("{'type':'leave','id':" + MAX_ID + ",'room':'r'}"));
    for (String id :
        new String[] {
          "0",
          "-1",
          "1.0",
          "1e0",
          "9007199254740992",
          "99999999999999999999",
          "18446744073709551617",
          "'1'",
          "null",
          "true",
          "[]"
        }) {
      assertNull(refused(Code.INVALID, "{'type':'leave','id':" + id + ",'room':'r'}").id(), id);
    }
  }

  @Test
  void refusalNamesTheRequestWhereItHasAGoodId() {
    assertEquals(9L, refused(Code.INVALID, "{'type':'leave','id':9}").id());
    assertEquals(9L, refused(Code.UNSUPPORTED, "{'type':'dance','id':9}").id());
  }

  @Test
  void requiredFieldsAreMissed() {
    refused(Code.INVALID, "{}");
    refused(Code.INVALID, "{'type':null}");
    refused(Code.INVALID, "{'type':1}");
    refused(Code.INVALID, "{'type':'signal','id':1,'room':'r','data':1}");
    refused(Code.INVALID, "{'type':'signal','id':1,'room':'r','to':'m'}");
    refused(Code.INVALID, "{'type':'confirm'}");
    refused(Code.INVALID, "{'type':'hello','resume':{'token':'t'}}");
    refused(Code.INVALID, "{'type':'hello','resume':'t'}");
    refused(Code.INVALID, "{'type':'profile','id':1,'room':'r','profile':[]}");
  }

  @Test
  void namesAreBounded() {
    assertInstanceOf(ClientMessage.Leave.class, message(leave("r".repeat(128))));
    refused(Code.INVALID, leave("r".repeat(129)));
    refused(Code.INVALID, leave(""));
    refused(Code.INVALID, leave("a\\u0007b"));
    refused(Code.INVALID, leave("\\uD800"));
    refused(Code.INVALID, leave("\\uDC26\\uD83D"));
  }

  @Test
  void frameMustBeOneObject() {
    for (String text : new String[] {"", " ", "[]", "'ping'", "1", "null", "{} {}", "{}x"}) {
      refused(Code.MALFORMED, text);
    }
  }

  @Test
  void brokenUtf8IsToldApart() {
    byte[] frame = {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'};
    Refused refused = assertInstanceOf(Refused.class, reader.read(frame, frame.length));
    assertEquals(Code.NOT_UTF8, refused.code());
  }

  @Test
  void depthCountsTheFrameItself() {
    String data = "[".repeat(DEPTH - 1) + "]".repeat(DEPTH - 1);
    String chat = "{'type':'chat','id':1,'room':'r','data':%}";
    assertInstanceOf(ClientMessage.Chat.class, message(chat.replace("%", data)));
    refused(Code.MALFORMED, chat.replace("%", "[" + data + "]"));
  }

  @Test
  void refusalQuotesNothingOfTheFrame() {
    assertTrue(!refused(Code.MALFORMED, "{'secret'}").message().contains("secret"));
    assertTrue(!refused(Code.UNSUPPORTED, "{'type':'secret'}").message().contains("secret"));
  }

  private ClientMessage message(String text) {
    byte[] frame = utf8(text);
    return assertInstanceOf(Valid.class, reader.read(frame, frame.length), text).message();
  }

  private Refused refused(Code code, String text) {
    byte[] frame = utf8(text);
    Refused refused = assertInstanceOf(Refused.class, reader.read(frame, frame.length), text);
    assertEquals(code, refused.code(), text);
    return refused;
  }

  private static String leave(String room) {
    return "{'type':'leave','id':1,'room':'" + room + "'}";
  }

  private static Content json(String text) {
    return Content.json(Bytes.wrap(utf8(text)));
  }

  /** Single quotes stand for double ones. */
  private static byte[] utf8(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
