package dev.starling.server.host;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AcceptBoundTest {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final AtomicInteger taken = new AtomicInteger();
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void end() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private Channel listen(AcceptBound bound) {
    Channel channel =
        new ServerBootstrap()
            .group(loops)
            .channelFactory(() -> bound.listening(NioServerSocketChannel.class))
            .childHandler(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public boolean isSharable() {
                    return true;
                  }

                  @Override
                  public void channelActive(ChannelHandlerContext context) {
                    taken.incrementAndGet();
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    return channel;
  }

  private Socket connect(Channel to) throws IOException {
    InetSocketAddress address = (InetSocketAddress) to.localAddress();
    Socket socket = new Socket(address.getAddress(), address.getPort());
    sockets.add(socket);
    return socket;
  }

  private Socket connectAndStay(Channel to) throws IOException {
    int before = taken.get();
    Socket socket = connect(to);
    await().until(() -> taken.get() > before);
    return socket;
  }

  private void assertRefused(Channel to) throws IOException {
    assertEquals(-1, connect(to).getInputStream().read());
  }

  private static void assertOpen(Socket socket) throws IOException {
    socket.setSoTimeout(1);
    assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
  }

  @Test
  void oneAddressHasSoManyHandshakesAtATimeAndOneMoreAfterEach() throws IOException {
    AcceptBound bound = new AcceptBound("test", new AcceptBound.Most(10, 10, 2));
    Channel port = listen(bound);
    Socket first = connectAndStay(port);
    Socket second = connectAndStay(port);
    assertRefused(port);
    assertRefused(port);
    assertEquals(2, bound.refused());
    bound.handshaken(first.getLocalSocketAddress());
    bound.handshaken(first.getLocalSocketAddress());
    connectAndStay(port);
    assertRefused(port);
    assertOpen(first);
    assertOpen(second);
  }

  @Test
  void handshakesOfAllAddressesAreBoundedTogether() throws IOException {
    Channel port = listen(new AcceptBound("test", new AcceptBound.Most(10, 1, 5)));
    connectAndStay(port);
    assertRefused(port);
  }

  @Test
  void connectionsAreBoundedAndTheirPlaceIsFreeWhenTheyEnd() throws IOException {
    AcceptBound bound = new AcceptBound("test", new AcceptBound.Most(2, 5, 5));
    Channel port = listen(bound);
    Socket first = connectAndStay(port);
    bound.handshaken(first.getLocalSocketAddress());
    Socket second = connectAndStay(port);
    assertRefused(port);
    second.close();
    await()
        .ignoreExceptions()
        .until(() -> {
          int before = taken.get();
          Socket next = connect(port);
          next.setSoTimeout(100);
          assertThrows(SocketTimeoutException.class, () -> next.getInputStream().read());
          return taken.get() > before;
        });
    assertOpen(first);
  }
}
