package dev.starling.server.edge;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tests that share one node; each takes rooms of its own. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SharedNode {
  private final String[] settings;
  protected TestNode node;

  /**
   * @param settings of the form {@code KEY=VALUE}
   */
  @SuppressWarnings("NullAway.Init")
  SharedNode(String... settings) {
    this.settings = settings;
  }

  @BeforeAll
  void start() throws IOException {
    node = TestNode.start(settings);
  }

  @AfterAll
  void stop() {
    node.close();
  }
}
