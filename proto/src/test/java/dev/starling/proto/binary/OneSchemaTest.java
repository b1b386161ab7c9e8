package dev.starling.proto.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.proto.ClientFrame;
import dev.starling.proto.FrameWriter;
import dev.starling.proto.json.JsonFrameReader;
import dev.starling.proto.json.JsonFrameWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of the protocol say the same, field for field, by the one schema. */
final class OneSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'hello'}",
        "{'type':'hello','token':'t','resume':{'token':'s','offset':'o'}}",
        "{'type':'join','id':1,'room':'r','profile':{'a':[1]},'password':'p'}",
        "{'type':'join','id':1,'room':'r'}",
        "{'type':'leave','id':2,'room':'r'}",
        "{'type':'signal','id':3,'room':'é','to':'m','data':{'sdp':'x'}}",
        "{'type':'signal','id':9007199254740991,'room':'r','to':'m','data':null}",
        "{'type':'broadcast','id':4,'room':'r','data':'hi'}",
        "{'type':'profile','id':5,'room':'r','profile':{'n':1}}",
        "{'type':'settings','id':6,'room':'r','settings':{}}",
        "{'type':'settings','id':6,'room':'r','settings':{'limit':3,'locked':true,'lobby':false,"
            + "'password':'','metadata':{'m':1}}}",
        "{'type':'chat','id':7,'room':'r','data':[1,2]}",
        "{'type':'history','id':8,'room':'r','before':'x','limit':3}",
        "{'type':'history','id':8,'room':'r'}",
        "{'type':'moderate','id':9,'room':'r','action':'kick','member':'m'}",
        "{'type':'moderate','id':9,'room':'r','action':'ban','user':'u','seconds':60}",
        "{'type':'moderate','id':9,'room':'r','action':'close'}",
        "{'type':'confirm','offset':'o'}",
        "{'type':'ping'}"
      })
  void clientMessageReadsTheSameInBothForms(String quoted) throws JsonProcessingException {
    String json = quoted.replace('\'', '"');
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    byte[] twin =
        Twin.of(MAPPER.readTree(json), dev.starling.proto.v1.ClientMessage.newBuilder())
            .build()
            .toByteArray();
    ClientFrame byJson = new JsonFrameReader(8).read(text, text.length);
    assertInstanceOf(ClientFrame.Valid.class, byJson);
    assertEquals(byJson, new BinaryFrameReader(8).read(twin, twin.length));
  }

  static Stream<ServerMessage> serverMessages() {
    return ServerSamples.all();
  }

  @ParameterizedTest
  @MethodSource("serverMessages")
  void serverMessageReadsTheSameInBothForms(ServerMessage message)
      throws JsonProcessingException, InvalidProtocolBufferException {
    String json = new String(written(new JsonFrameWriter(), message), StandardCharsets.UTF_8);
    byte[] binary = written(new BinaryFrameWriter(), message);
    var twin = Twin.of(MAPPER.readTree(json), dev.starling.proto.v1.ServerMessage.newBuilder());
    assertEquals(twin.build(), dev.starling.proto.v1.ServerMessage.parseFrom(binary));
  }

  private static byte[] written(FrameWriter writer, ServerMessage message) {
    int length = writer.write(message, "o", "me");
    return Arrays.copyOf(writer.buffer(), length);
  }
}
