package dev.starling.server.hostile;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.server.edge.Certificates;
import dev.starling.server.edge.LeakReports;
import dev.starling.server.edge.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node that one class of inputs is tried on. All the while two bystanders talk on it and must not
 * notice; what the class took up must be given back afterwards, and nothing of it may be logged as
 * a fault of the server.
 */
final class Siege {
  private static final int PATIENCE_SECONDS = 20;

  /** Whoever went away is forgotten soon, so that memory can be compared. */
  private static final List<String> SETTINGS =
      List.of(
          "limits.messageBytes=16384",
          "limits.chatBytes=1024",
          "limits.profileBytes=1024",
          "limits.jsonDepth=8",
          "limits.headerBytes=4096",
          "limits.messagesPerSecond=300",
          "limits.roomsPerSession=4",
          "limits.requestsInFlight=16",
          "limits.outboundBytes=262144",
          "limits.unconfirmedBytes=262144",
          "session.resumeMs=2000",
          "room.graceMs=1000",
          "room.emptyMs=1000");

  private final Scene scene;
  private final LoggedFaults faults;
  private final Bystanders bystanders;
  private final MemoryReading before;

  private Siege(Scene scene) throws IOException {
    this.scene = scene;
    this.faults = LoggedFaults.collect();
    this.bystanders = Bystanders.on(scene);
    bystanders.awaitTurn();
    this.before = MemoryReading.now();
  }

  static Siege begin(HostileClass hostile, Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(hostile.settings());
    Certificates certificates = null;
    if (hostile.secured()) {
      certificates = Certificates.in(folder);
      settings.add("client.tls=on");
      settings.add("tls.certificate=" + certificates.certificate());
      settings.add("tls.key=" + certificates.key());
    }
    return new Siege(new Scene(TestNode.start(settings.toArray(String[]::new)), certificates));
  }

  /** Tries one input. */
  void attempt(HostileInput input) throws IOException {
    try (Intruder intruder = Intruder.on(scene)) {
      input.attack().by(intruder);
      input.outcome().verify(intruder);
    }
  }

  /** The bystanders have taken another turn since. */
  void assertUndisturbed() {
    bystanders.awaitTurn();
  }

  /** Fails where anything is left of the class, in memory or in the log. */
  void end() throws IOException {
    try (scene) {
      try (bystanders) {
        await("memory as before: " + before)
            .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .until(MemoryReading::now, now -> now.isBackTo(before));
      }
      assertEquals(List.of(), faults.all());
      assertEquals(List.of(), LeakReports.all());
    }
  }
}
