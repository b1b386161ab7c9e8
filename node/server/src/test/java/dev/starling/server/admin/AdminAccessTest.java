package dev.starling.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.proto.admin.AdminMethods;
import dev.starling.proto.admin.v1.ForgetRequest;
import dev.starling.proto.admin.v1.ListNodesRequest;
import dev.starling.proto.admin.v1.ListNodesResponse;
import dev.starling.server.edge.TestNode;
import dev.starling.server.edge.Token;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.SharedCertificate;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may command, and who may not. */
final class AdminAccessTest {
  private static final RingConfig.Certificates NONE =
      new RingConfig.Certificates(Path.of(""), Path.of(""), Path.of(""));
  private static final ListNodesRequest NODES = ListNodesRequest.getDefaultInstance();

  @TempDir static Path folder = Path.of("");
  private static RingConfig.Certificates servers = NONE;
  private static RingConfig.Certificates operators = NONE;
  private static RingConfig.Certificates strangers = NONE;

  @BeforeAll
  static void makeCertificates() throws Exception {
    servers = SharedCertificate.in(folder.resolve("servers"), "dns:localhost");
    operators = SharedCertificate.in(folder.resolve("operators"), "dns:ann");
    strangers = SharedCertificate.in(folder.resolve("strangers"), "dns:ann");
  }

  private static String bearer(String token) {
    return "Bearer " + token;
  }

  private static String refusal(int port, @Nullable String authorization) throws IOException {
    try (Operator operator = Operator.plain(port, authorization)) {
      return operator.refusal(AdminMethods.LIST_NODES, NODES);
    }
  }

  @Test
  void credentialsDecide() throws IOException {
    try (TestNode node = TestNode.start("admin.port=0", "api.keys=app=" + "k".repeat(32))) {
      int port = node.adminPort();
      assertEquals("UNAUTHENTICATED UNAUTHENTICATED", refusal(port, null));
      assertEquals("UNAUTHENTICATED UNAUTHENTICATED", refusal(port, bearer("nonsense")));
      assertEquals("UNAUTHENTICATED UNAUTHENTICATED", refusal(port, Token.admin("*")));
      assertEquals("UNAUTHENTICATED UNAUTHENTICATED", refusal(port, bearer("k".repeat(32))));
      assertEquals(
          "UNAUTHENTICATED TOKEN_EXPIRED", refusal(port, bearer(Token.admin("*", -60, null))));
      assertEquals("PERMISSION_DENIED FORBIDDEN", refusal(port, bearer(Token.of("ann").text())));
      assertEquals("PERMISSION_DENIED FORBIDDEN", refusal(port, bearer(Token.admin("team-*"))));
      try (Operator operator = Operator.plain(port, "bearer " + Token.admin("*"))) {
        ListNodesResponse nodes = operator.call(AdminMethods.LIST_NODES, NODES);
        assertEquals("test-node", nodes.getNodes(0).getName());
      }
    }
  }

  @Test
  void operatorsCertificateIsEnoughAndAnothersIsNot() throws Exception {
    try (TestNode node = secureNode()) {
      int port = node.adminPort();
      try (Operator operator = Operator.secure(port, tls(servers, operators), null)) {
        assertEquals(1, operator.call(AdminMethods.LIST_NODES, NODES).getNodesCount());
      }
      try (Operator stranger = Operator.secure(port, tls(servers, strangers), null)) {
        assertEquals("UNAVAILABLE", stranger.refusal(AdminMethods.LIST_NODES, NODES));
      }
      try (Operator nobody = Operator.secure(port, tls(servers, null), null)) {
        assertEquals(
            "UNAUTHENTICATED UNAUTHENTICATED", nobody.refusal(AdminMethods.LIST_NODES, NODES));
      }
    }
  }

  @Test
  void tokenIsEnoughOverTlsAndGoesToNobodyElse() throws Exception {
    String authorization = bearer(Token.admin("*"));
    try (TestNode node = secureNode()) {
      int port = node.adminPort();
      try (Operator operator = Operator.secure(port, tls(servers, null), authorization)) {
        assertEquals(1, operator.call(AdminMethods.LIST_NODES, NODES).getNodesCount());
      }
      try (Operator doubting = Operator.secure(port, tls(strangers, null), authorization)) {
        assertEquals("UNAVAILABLE", doubting.refusal(AdminMethods.LIST_NODES, NODES));
      }
      try (Operator plain = Operator.plain(port, authorization)) {
        assertEquals("UNAVAILABLE", plain.refusal(AdminMethods.LIST_NODES, NODES));
      }
    }
  }

  private static TestNode secureNode() throws IOException {
    return TestNode.start(
        "admin.port=0",
        "admin.tls=on",
        "admin.certificate=" + servers.certificate(),
        "admin.key=" + servers.key(),
        "admin.authority=" + operators.authority());
  }

  private static SslContext tls(
      RingConfig.Certificates trusted, RingConfig.@Nullable Certificates shown) throws IOException {
    SslContextBuilder builder =
        GrpcSslContexts.forClient().trustManager(trusted.authority().toFile());
    if (shown != null) {
      builder.keyManager(shown.certificate().toFile(), shown.key().toFile());
    }
    return builder.build();
  }

  @Test
  void healthIsForEverybodyAndReflectionForOperators() throws Exception {
    try (TestNode node = TestNode.start("admin.port=0");
        Operator probe = Operator.plain(node.adminPort(), null);
        Operator operator = Operator.plain(node.adminPort(), bearer(Token.admin("*")))) {
      for (String service : List.of("", AdminMethods.NAME)) {
        assertEquals(
            ServingStatus.SERVING,
            HealthGrpc.newBlockingStub(probe.channel())
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus());
      }
      assertTrue(services(operator).contains(AdminMethods.NAME));
      assertTrue(services(probe).contains("UNAUTHENTICATED"));
    }
  }

  /** What a client of the reflection service is told, or how it is refused. */
  private static String services(Operator operator) throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(operator.channel())
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse answer) {
                    told.complete(answer.getListServicesResponse().toString());
                  }

                  @Override
                  public void onError(Throwable refused) {
                    told.complete(refused.toString());
                  }

                  @Override
                  public void onCompleted() {}
                });
    questions.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    return told.get(TestNode.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Test
  void whatIsTooLargeIsRefused() throws IOException {
    try (TestNode node = TestNode.start("admin.port=0");
        Operator operator = Operator.plain(node.adminPort(), bearer(Token.admin("*")))) {
      ForgetRequest large = ForgetRequest.newBuilder().setNode("n".repeat(65 * 1024)).build();
      assertEquals("RESOURCE_EXHAUSTED", operator.refusal(AdminMethods.FORGET, large));
      assertEquals(1, operator.call(AdminMethods.LIST_NODES, NODES).getNodesCount());
    }
  }

  @Test
  void noPortNoService() throws IOException {
    try (TestNode node = TestNode.start()) {
      assertEquals(0, node.adminPort());
    }
  }
}
