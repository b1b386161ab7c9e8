package dev.starling.proto.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.proto.ClientFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What moderators ask, field by field. */
final class JsonRoomFrameReaderTest {
  private static final SettingsChange NOTHING = new SettingsChange(null, null, null, null, null);

  private final JsonFrameReader reader = new JsonFrameReader(5);

  @Test
  void settingsMayChangeAllAtOnce() {
    assertEquals(
        new SettingsChange(7, true, false, "p", Content.json(Bytes.utf8("{\"a\": 1}"))),
        change("{'limit':7,'locked':true,'lobby':false,'password':'p','metadata':{'a': 1}}"));
  }

  @Test
  void absentAndNullSettingsStayAsTheyAre() {
    assertEquals(NOTHING, change("{}"));
    assertEquals(
        NOTHING,
        change("{'limit':null,'locked':null,'lobby':null,'password':null,'metadata':null}"));
    assertEquals(NOTHING, change("{'residency':['eu'],'colour':'red'}"));
  }

  @Test
  void emptyPasswordIsOneToo() {
    assertEquals(new SettingsChange(null, null, null, "", null), change("{'password':''}"));
  }

  @Test
  void settingsAreBounded() {
    assertEquals(1, change("{'limit':1}").limit());
    assertEquals(1_000_000, change("{'limit':1000000}").limit());
    assertEquals("p".repeat(256), change("{'password':'" + "p".repeat(256) + "'}").password());
    List.of(
            "{'limit':0}",
            "{'limit':-1}",
            "{'limit':1.5}",
            "{'limit':1e1}",
            "{'limit':'7'}",
            "{'limit':1000001}",
            "{'limit':true}",
            "{'locked':1}",
            "{'locked':'true'}",
            "{'locked':[]}",
            "{'lobby':'false'}",
            "{'lobby':{}}",
            "{'password':1}",
            "{'password':false}",
            "{'password':'" + "p".repeat(257) + "'}",
            "{'metadata':[]}",
            "{'metadata':'x'}",
            "{'locked':true,'locked':false}",
            "[]",
            "null",
            "1")
        .forEach(settings -> refused(Code.INVALID, settings(settings)));
  }

  @Test
  void settingsNeedTheirObjectAndTheirRequest() {
    refused(Code.INVALID, "{'type':'settings','id':6,'room':'r'}");
    refused(Code.INVALID, "{'type':'settings','room':'r','settings':{}}");
    refused(Code.INVALID, "{'type':'settings','id':6,'settings':{}}");
  }

  @Test
  void everyActionIsReadByItsName() {
    for (Action action : Action.values()) {
      assertEquals(
          moderate(action, "m", "u", 60L),
          message(
              moderate(
                  "'"
                      + action.name().toLowerCase(Locale.ROOT)
                      + "','member':'m','user':'u','seconds':60")));
    }
  }

  @Test
  void actionNeedsNoTarget() {
    assertEquals(moderate(Action.CLOSE, null, null, null), message(moderate("'close'")));
    assertEquals(
        moderate(Action.BAN, null, null, null),
        message(moderate("'ban','member':null,'user':null,'seconds':null")));
  }

  @Test
  void actionsAreBounded() {
    assertEquals(
        moderate(Action.BAN, null, "u".repeat(128), 315_360_000L),
        message(moderate("'ban','user':'" + "u".repeat(128) + "','seconds':315360000")));
    List.of(
            "'dance'",
            "'KICK'",
            "''",
            "null",
            "1",
            "'kick','member':''",
            "'kick','member':1",
            "'kick','member':'" + "m".repeat(129) + "'",
            "'ban','user':''",
            "'ban','user':[]",
            "'ban','user':'" + "u".repeat(129) + "'",
            "'ban','user':'u','seconds':0",
            "'ban','user':'u','seconds':-1",
            "'ban','user':'u','seconds':1.5",
            "'ban','user':'u','seconds':'60'",
            "'ban','user':'u','seconds':315360001")
        .forEach(action -> refused(Code.INVALID, moderate(action)));
    refused(Code.INVALID, "{'type':'moderate','id':9,'room':'r'}");
  }

  private SettingsChange change(String settings) {
    return assertInstanceOf(ClientMessage.Settings.class, message(settings(settings))).change();
  }

  private static String settings(String settings) {
    return "{'type':'settings','id':6,'room':'r','settings':" + settings + "}";
  }

  private static String moderate(String action) {
    return "{'type':'moderate','id':9,'room':'r','action':" + action + "}";
  }

  private static ClientMessage moderate(
      Action action, @Nullable String member, @Nullable String user, @Nullable Long seconds) {
    return new ClientMessage.Moderate(9, "r", action, member, user, seconds);
  }

  private ClientMessage message(String text) {
    return assertInstanceOf(ClientFrame.Valid.class, read(text), text).message();
  }

  private void refused(Code code, String text) {
    assertEquals(code, assertInstanceOf(ClientFrame.Refused.class, read(text), text).code(), text);
  }

  /** Single quotes stand for double ones. */
  private ClientFrame read(String text) {
    byte[] frame = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return reader.read(frame, frame.length);
  }
}
