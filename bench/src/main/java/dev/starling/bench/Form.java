package dev.starling.bench;

import com.google.protobuf.ByteString;
import dev.starling.proto.FrameReader;
import dev.starling.proto.FrameWriter;
import dev.starling.proto.binary.BinaryFrameReader;
import dev.starling.proto.binary.BinaryFrameWriter;
import dev.starling.proto.json.JsonFrameReader;
import dev.starling.proto.json.JsonFrameWriter;
import dev.starling.proto.v1.ClientMessage;
import dev.starling.proto.v1.Content;
import java.nio.charset.StandardCharsets;

/** The wire forms, with frames as clients send them. */
public enum Form {
  JSON {
    @Override
    FrameReader reader() {
      return new JsonFrameReader(DEPTH);
    }

    @Override
    FrameWriter writer() {
      return new JsonFrameWriter();
    }

    @Override
    byte[] signal(long id, String room, String to, String data) {
      return text(
          "{\"type\":\"signal\",\"id\":"
              + id
              + (",\"room\":\"" + room + "\",\"to\":\"" + to + "\",\"data\":" + data + "}"));
    }

    @Override
    byte[] join(long id, String room, String profile) {
      return text(
          "{\"type\":\"join\",\"id\":"
              + id
              + (",\"room\":\"" + room + "\",\"profile\":" + profile + "}"));
    }
  },

  PROTO {
    @Override
    FrameReader reader() {
      return new BinaryFrameReader(DEPTH);
    }

    @Override
    FrameWriter writer() {
      return new BinaryFrameWriter();
    }

    @Override
    byte[] signal(long id, String room, String to, String data) {
      return ClientMessage.newBuilder()
          .setSignal(
              ClientMessage.Signal.newBuilder()
                  .setId(id)
                  .setRoom(room)
                  .setTo(to)
                  .setData(content(data)))
          .build()
          .toByteArray();
    }

    @Override
    byte[] join(long id, String room, String profile) {
      return ClientMessage.newBuilder()
          .setJoin(
              ClientMessage.Join.newBuilder().setId(id).setRoom(room).setProfile(content(profile)))
          .build()
          .toByteArray();
    }
  };

  private static final int DEPTH = 32;

  abstract FrameReader reader();

  abstract FrameWriter writer();

  abstract byte[] signal(long id, String room, String to, String data);

  abstract byte[] join(long id, String room, String profile);

  private static byte[] text(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Content content(String json) {
    return Content.newBuilder().setData(ByteString.copyFromUtf8(json)).build();
  }
}
