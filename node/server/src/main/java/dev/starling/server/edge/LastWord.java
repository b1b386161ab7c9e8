package dev.starling.server.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose client can't be understood any more and may still be sending. The client
 * is shown the end of the stream, and what it sends is thrown away: were the socket closed at once,
 * unread data would make it a reset, which overtakes the answer that says why.
 */
final class LastWord {
  /** How long a client may take to end a connection that is over. */
  private static final int CLOSE_SECONDS = 2;

  private LastWord() {}

  /** Sends an answer, from a place in the pipeline, and ends the connection. */
  static void say(ChannelHandlerContext place, Object answer) {
    Channel channel = place.channel();
    place.writeAndFlush(answer).addListener(sent -> endOutput(channel));
    closeLater(channel);
  }

  /** Closes a connection that its client should close first. */
  static void closeLater(Channel channel) {
    channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private static void endOutput(Channel channel) {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      duplex.shutdownOutput();
    }
  }
}
