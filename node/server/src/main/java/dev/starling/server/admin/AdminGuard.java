package dev.starling.server.admin;

import dev.starling.core.protocol.Code;
import dev.starling.server.admin.TokenGate.Verdict.Admitted;
import dev.starling.server.admin.TokenGate.Verdict.Refused;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers in that show a certificate of the operators' authority or an admin token. Runs on
 * threads that may wait, as for keys that have to be fetched.
 */
final class AdminGuard implements ServerInterceptor {
  /** Who calls, for the log. */
  static final Context.Key<String> CALLER = Context.key("caller");

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "bearer ";

  private final TokenGate gate;

  AdminGuard(TokenGate gate) {
    this.gate = gate;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    try {
      Context known = Context.current().withValue(CALLER, caller(call, headers));
      return Contexts.interceptCall(known, call, headers, next);
    } catch (AdminError refusal) {
      StatusRuntimeException thrown = refusal.thrown();
      call.close(
          thrown.getStatus(), Objects.requireNonNullElseGet(thrown.getTrailers(), Metadata::new));
      return new ServerCall.Listener<>() {};
    }
  }

  private String caller(ServerCall<?, ?> call, Metadata headers) throws AdminError {
    String certified = certified(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
    if (certified != null) {
      return certified;
    }
    String header = headers.get(AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw AdminError.of(
          Code.UNAUTHENTICATED,
          "an admin token or an operator's certificate is needed; make a token with"
              + " './starling token --admin --user NAME'");
    }
    return switch (verdict(header.substring(BEARER.length()).strip())) {
      case Admitted admitted -> admitted.user();
      case Refused refused -> throw AdminError.of(refused.code(), refused.message());
    };
  }

  /** Who a certificate is for; whoever shows one that nobody trusts doesn't get here. */
  private static @Nullable String certified(@Nullable SSLSession session) {
    try {
      return session == null
          ? null
          : ((X509Certificate) session.getPeerCertificates()[0])
              .getSubjectX500Principal()
              .getName();
    } catch (SSLPeerUnverifiedException withoutCertificate) {
      return null;
    }
  }

  private TokenGate.Verdict verdict(String token) throws AdminError {
    try {
      return gate.judge(token).get(AdminServer.CALL_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException unknown) {
      throw AdminError.of(Code.BUSY, "the token couldn't be checked in time; try again");
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw AdminError.of(Code.DRAINING, "this node is going away; ask another");
    }
  }
}
