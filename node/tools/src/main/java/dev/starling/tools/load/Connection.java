package dev.starling.tools.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/** A client's way to write, whatever connection it has at the moment. On its lane's loop. */
final class Connection {
  private final Lane lane;
  private @Nullable Channel channel;
  private boolean unflushed;

  Connection(Lane lane) {
    this.lane = lane;
  }

  void opened(Channel opened) {
    channel = opened;
  }

  void closed() {
    channel = null;
  }

  boolean isOpen() {
    return channel != null;
  }

  /** Writes with what else its lane writes in this turn; nothing happens where nothing is open. */
  void write(@Nullable WebSocketFrame frame) {
    if (frame == null) {
      return;
    }
    if (channel == null) {
      frame.release();
      return;
    }
    channel.write(frame, channel.voidPromise());
    if (!unflushed) {
      unflushed = true;
      lane.toFlush(this);
    }
  }

  void flush() {
    unflushed = false;
    if (channel != null) {
      channel.flush();
    }
  }

  /** Cuts it without a word, as a lost network does. */
  void drop() {
    if (channel != null) {
      channel.close();
    }
  }

  /** Ends it in order. */
  void leave() {
    if (channel != null) {
      channel
          .writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }
}
