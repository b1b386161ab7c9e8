package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.starling.proto.v1.ClientMessage;
import dev.starling.proto.v1.Content;
import dev.starling.proto.v1.ServerMessage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A client of each form in one room. */
final class BothFormsTest extends SharedNode {
  private static final String PROTO_FORM = "Sec-WebSocket-Protocol: starling.v1.proto";

  @Test
  void binaryPayloadReachesAJsonClientAsBase64() throws IOException {
    try (NativeClient ada = NativeClient.in(node, "both", "ada");
        WebSocketClient ben = binary("both", "ben")) {
      ada.next("member");
      say(
          ben,
          ClientMessage.newBuilder()
              .setSignal(
                  ClientMessage.Signal.newBuilder()
                      .setId(2)
                      .setRoom("both")
                      .setTo(ada.session())
                      .setData(content("application/octet-stream", new byte[] {0, -1}))));
      Message signal = ada.next("signal");
      assertTrue(signal.json().contains("\"data\":\"AP8=\",\"encoding\":\"base64\""));
      ada.confirm();
      assertEquals(2, hear(ben).getDone().getId());
    }
  }

  @Test
  void jsonPayloadReachesABinaryClientAsItWas() throws IOException {
    try (WebSocketClient ben = binary("same", "ben");
        NativeClient ada = NativeClient.in(node, "same", "ada")) {
      assertEquals("joined", hear(ben).getMember().getEvent());
      ada.say("{'type':'broadcast','id':9,'room':'same','data':{'n': 1.50}}");
      ServerMessage heard = hear(ben);
      assertEquals("{\"n\": 1.50}", heard.getBroadcast().getData().getData().toStringUtf8());
      assertEquals(ada.session(), heard.getBroadcast().getFrom());
    }
  }

  @Test
  void textFrameIsRefusedInTheBinaryForm() throws IOException {
    try (WebSocketClient ben = binary("text", "ben")) {
      ben.send("{\"type\":\"ping\"}");
      assertEquals("WRONG_FRAME", hear(ben).getError().getCode());
      assertEquals(1003, ben.closeCode());
    }
  }

  private WebSocketClient binary(String room, String user) throws IOException {
    WebSocketClient client = WebSocketClient.upgrade(node.socket(), PROTO_FORM);
    say(
        client,
        ClientMessage.newBuilder()
            .setHello(ClientMessage.Hello.newBuilder().setToken(Token.of(user).text())));
    assertTrue(hear(client).hasWelcome());
    say(
        client,
        ClientMessage.newBuilder().setJoin(ClientMessage.Join.newBuilder().setId(1).setRoom(room)));
    assertTrue(hear(client).hasJoined());
    return client;
  }

  private static Content content(String type, byte[] data) {
    return Content.newBuilder().setType(type).setData(ByteString.copyFrom(data)).build();
  }

  private static void say(WebSocketClient client, ClientMessage.Builder message)
      throws IOException {
    client.send(new Frame(Frame.FIN | Frame.BINARY, message.build().toByteArray()));
  }

  private static ServerMessage hear(WebSocketClient client) throws IOException {
    return ServerMessage.parseFrom(client.message().payload());
  }
}
