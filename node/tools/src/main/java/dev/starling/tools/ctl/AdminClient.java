package dev.starling.tools.ctl;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.starling.tools.CommandFailure;
import dev.starling.tools.Context;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks the first node of a context that answers. */
final class AdminClient {
  /** A node that stands still is passed over after it, where there is another one to ask. */
  private static final int PATIENCE_SECONDS = 2;

  /** How long the last one has. */
  private static final int LAST_PATIENCE_SECONDS = 10;

  /** All that is known of a cluster of thousands of nodes. */
  private static final int MOST_MESSAGE = 32 * 1024 * 1024;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final List<Endpoint> endpoints;
  private final @Nullable SslContext tls;
  private final Metadata headers = new Metadata();

  /** Uses a context whose right may be shown to its endpoints; see {@link Access}. */
  AdminClient(Context context, List<Endpoint> endpoints, @Nullable SslContext tls) {
    this.endpoints = endpoints;
    this.tls = tls;
    if (context.token() != null) {
      headers.put(AUTHORIZATION, "Bearer " + context.token());
    }
  }

  /**
   * Calls a method.
   *
   * @throws CommandFailure where the call is refused, or no node answers
   */
  <Q, A> A call(MethodDescriptor<Q, A> method, Q request) {
    List<String> silent = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      ManagedChannel channel = connect(endpoint);
      try {
        return ClientCalls.blockingUnaryCall(
            ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
            method,
            CallOptions.DEFAULT.withDeadlineAfter(
                endpoint.equals(endpoints.getLast()) ? LAST_PATIENCE_SECONDS : PATIENCE_SECONDS,
                TimeUnit.SECONDS),
            request);
      } catch (StatusRuntimeException failed) {
        silent.add(endpoint + " " + why(endpoint, failed));
      } finally {
        channel.shutdownNow();
      }
    }
    throw CommandFailure.unreachable("no node answers: " + String.join("; ", silent));
  }

  private ManagedChannel connect(Endpoint endpoint) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
            .proxyDetector(target -> null)
            .disableRetry()
            .disableServiceConfigLookUp()
            .maxInboundMessageSize(MOST_MESSAGE);
    return tls == null ? builder.usePlaintext().build() : builder.sslContext(tls).build();
  }

  /** Why a node can't be reached; whatever it says itself ends the command. */
  private static String why(Endpoint endpoint, StatusRuntimeException failed) {
    ErrorInfo info = info(failed);
    if (info != null) {
      throw new CommandFailure(
          "refused (" + info.getReason() + "): " + failed.getStatus().getDescription());
    }
    return switch (failed.getStatus().getCode()) {
      case DEADLINE_EXCEEDED -> "is silent";
      case UNAVAILABLE -> unavailable(endpoint, failed);
      default ->
          throw new CommandFailure(
              endpoint
                  + " doesn't answer as an admin port does ("
                  + root(failed).getMessage()
                  + "); the port is that of the node's setting admin.port");
    };
  }

  private static String unavailable(Endpoint endpoint, StatusRuntimeException failed) {
    String message = String.valueOf(root(failed).getMessage()).split("\n", 2)[0];
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case NotSslRecordException plain ->
            throw new CommandFailure(
                endpoint + " doesn't speak TLS; leave out --tls and --authority");
        case SSLException broken ->
            throw new CommandFailure(
                endpoint + ": TLS fails (" + message + "); check --authority and --certificate");
        case ConnectException refused -> {
          return "refuses connections";
        }
        case UnknownHostException unknown -> {
          return "has no address";
        }
        default -> {}
      }
    }
    return "(" + message + ")";
  }

  private static Throwable root(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static @Nullable ErrorInfo info(StatusRuntimeException failed) {
    Status status = StatusProto.fromThrowable(failed);
    try {
      return status == null || status.getDetailsCount() == 0
          ? null
          : status.getDetails(0).unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException another) {
      return null;
    }
  }
}
