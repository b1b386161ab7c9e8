package dev.starling.server.ring;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The kinds of sockets that fit to some event loops.
 *
 * @param datagrams UDP
 * @param server TCP, listening
 * @param client TCP, calling
 */
public record RingSockets(
    Class<? extends DatagramChannel> datagrams,
    Class<? extends ServerChannel> server,
    Class<? extends SocketChannel> client) {

  /** Those of the native transport where the loops are its own. */
  public static RingSockets of(EventLoopGroup loops) {
    return loops instanceof IoEventLoopGroup group && group.isIoType(EpollIoHandler.class)
        ? new RingSockets(
            EpollDatagramChannel.class, EpollServerSocketChannel.class, EpollSocketChannel.class)
        : new RingSockets(
            NioDatagramChannel.class, NioServerSocketChannel.class, NioSocketChannel.class);
  }
}
