package dev.starling.server.admin;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContext;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stock client of gRPC. */
final class Operator implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 30;

  private final ManagedChannel connection;
  private final Channel channel;

  private Operator(ManagedChannel connection, @Nullable String authorization) {
    this.connection = connection;
    Metadata headers = new Metadata();
    if (authorization != null) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
    }
    this.channel =
        ClientInterceptors.intercept(
            connection, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** Without TLS. */
  static Operator plain(int port, @Nullable String authorization) {
    return new Operator(
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build(), authorization);
  }

  static Operator secure(int port, SslContext tls, @Nullable String authorization) {
    return new Operator(
        NettyChannelBuilder.forAddress("127.0.0.1", port).sslContext(tls).build(), authorization);
  }

  Channel channel() {
    return channel;
  }

  <Q, A> A call(MethodDescriptor<Q, A> method, Q request) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(channel, method, options, request);
  }

  /** The status of what is to be refused, and the reason that it gives to programs. */
  <Q, A> String refusal(MethodDescriptor<Q, A> method, Q request)
      throws InvalidProtocolBufferException {
    try {
      return "no refusal but " + call(method, request);
    } catch (StatusRuntimeException refused) {
      Status.Code code = refused.getStatus().getCode();
      com.google.rpc.Status details = Objects.requireNonNull(StatusProto.fromThrowable(refused));
      return details.getDetailsCount() == 0
          ? code.toString()
          : code + " " + details.getDetails(0).unpack(ErrorInfo.class).getReason();
    }
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }
}
