package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals and broadcasts. */
final class RelayTest extends SharedNode {
  RelayTest() {
    super("session.requestTimeoutMs=1000");
  }

  /** The payload is found in the receiver's frame as it was sent, byte for byte. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"sdp\" :\t\"v=0\\r\\no=- 1 1 IN IP4 0.0.0.0\\r\\n\" , \"n\":1.50e+03 }",
        "\"\\u00e9\\/\\ud83d\\ude00 é 😀 \\u0000\"",
        "[ 1 ,2,\n3 , -0.0, 12345678901234567890123 ]",
        "null",
        "{\"from\":\"somebody\",\"type\":\"chat\",\"a\":1,\"a\":2}",
        "\"\\\"},{\\\"type\\\":\\\"member\\\"\""
      })
  void signalArrivesAsTheBytesItWasSentAs(String data) throws IOException {
    try (NativeClient ada = NativeClient.in(node, "bytes", "ada");
        NativeClient ben = NativeClient.in(node, "bytes", "ben")) {
      ada.next("member");
      ada.web()
          .send(
              "{\"type\":\"signal\",\"id\":7,\"room\":\"bytes\",\"data\":  "
                  + data
                  + " ,\"to\":\""
                  + ben.session()
                  + "\"}");
      Message signal = ben.next("signal");
      assertEquals(ada.session(), signal.text("from"));
      assertEquals("bytes", signal.text("room"));
      assertTrue(signal.json().contains("\"data\":" + data), signal.json());
      ben.confirm();
      assertEquals("done", ada.answerTo(7).text("type"));
    }
  }

  @Test
  void signalIsDoneOnlyOnceItsReceiverConfirmed() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "done", "ada");
        NativeClient ben = NativeClient.in(node, "done", "ben")) {
      ada.next("member");
      long signal = ada.ask("'type':'signal','room':'done','to':'" + ben.session() + "','data':1");
      ben.next("signal");
      // Two round trips of both sides: an answer that didn't wait would be here by now.
      ben.say("{'type':'ping'}");
      ben.next("pong");
      ada.say("{'type':'ping'}");
      ada.next("pong");
      ben.confirm();
      Message done = ada.answerTo(signal);
      assertEquals("done", done.text("type"));
      assertFalse(done.has("missed"));
    }
  }

  @Test
  void signalsOfAPairKeepTheirOrder() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "order", "ada");
        NativeClient ben = NativeClient.in(node, "order", "ben")) {
      ada.next("member");
      for (int i = 0; i < 100; i++) {
        ada.ask("'type':'signal','room':'order','to':'" + ben.session() + "','data':" + i);
      }
      for (int i = 0; i < 100; i++) {
        assertEquals(i, ben.next("signal").number("data"));
      }
      ben.confirm();
      for (int i = 1; i <= 100; i++) {
        assertEquals("done", ada.answerTo(i + 1L).text("type"));
      }
    }
  }

  @Test
  void unconfirmedSignalIsIndeterminate() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "unconfirmed", "ada");
        NativeClient ben = NativeClient.in(node, "unconfirmed", "ben")) {
      ada.next("member");
      Message error =
          ada.answer("'type':'signal','room':'unconfirmed','to':'" + ben.session() + "','data':1");
      assertEquals("INDETERMINATE", error.text("code"));
      assertTrue(error.flag("retry"));
    }
  }

  @Test
  void signalToNobodyIsRefused() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "nobody", "ada");
        NativeClient elsewhere = NativeClient.in(node, "elsewhere", "ben")) {
      for (String to : List.of("test-region.nobody", ada.session(), elsewhere.session())) {
        Message error = ada.answer("'type':'signal','room':'nobody','to':'" + to + "','data':1");
        assertEquals("NO_SUCH_MEMBER", error.text("code"));
      }
    }
  }

  @Test
  void broadcastReachesAllOthersAndNotItsSender() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "all", "ada");
        NativeClient ben = NativeClient.in(node, "all", "ben");
        NativeClient cleo = NativeClient.in(node, "all", "cleo")) {
      ada.next("member");
      ada.next("member");
      ben.next("member");
      long broadcast = ada.ask("'type':'broadcast','room':'all','data':{'x':[1, 2]}");
      for (NativeClient other : List.of(ben, cleo)) {
        Message event = other.next("broadcast");
        assertEquals(ada.session(), event.text("from"));
        assertTrue(event.json().contains("\"data\":{\"x\":[1, 2]}"));
        other.confirm();
      }
      Message done = ada.answerTo(broadcast);
      assertEquals(List.of(), done.list("missed"));
      ada.say("{'type':'ping'}");
      ada.next("pong");
    }
  }

  @Test
  void broadcastNamesWhoMissedIt() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "missed", "ada");
        NativeClient ben = NativeClient.in(node, "missed", "ben");
        NativeClient mute = NativeClient.in(node, "missed", "cleo")) {
      ben.next("member");
      long broadcast = ada.ask("'type':'broadcast','room':'missed','data':1");
      ben.next("broadcast");
      ben.confirm();
      assertEquals(List.of(mute.session()), ada.answerTo(broadcast).list("missed"));
    }
  }

  @Test
  void broadcastInAnEmptyRoomIsDoneAtOnce() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "alone", "ada")) {
      Message done = ada.answer("'type':'broadcast','room':'alone','data':1");
      assertEquals(List.of(), done.list("missed"));
    }
  }

  @Test
  void offsetThatWasNeverGivenOutIsInvalid() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "offset", "ada")) {
      ada.say("{'type':'confirm','offset':'zzzz'}");
      assertEquals("INVALID", ada.next("error").text("code"));
    }
  }
}
