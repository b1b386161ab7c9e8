package dev.starling.server.edge;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * How sockets are served on this machine: epoll where its library loads, else the JDK's selector.
 */
public record Transport(
    String name, Class<? extends ServerChannel> serverChannel, IoHandlerFactory handlers) {

  /** The best there is here. */
  public static Transport best() {
    return Epoll.isAvailable()
        ? new Transport("epoll", EpollServerSocketChannel.class, EpollIoHandler.newFactory())
        : new Transport("nio", NioServerSocketChannel.class, NioIoHandler.newFactory());
  }

  /** Event loops, one a processor. */
  public EventLoopGroup newLoops() {
    return new MultiThreadIoEventLoopGroup(
        Runtime.getRuntime().availableProcessors(),
        new DefaultThreadFactory("starling-loop"),
        handlers);
  }
}
