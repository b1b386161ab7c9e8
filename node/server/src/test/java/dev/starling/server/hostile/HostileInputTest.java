package dev.starling.server.hostile;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table, class by class. */
@ParameterizedClass
@FieldSource("dev.starling.server.hostile.HostileClass#ALL")
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class HostileInputTest {
  @Parameter private HostileClass hostile;
  private Siege siege;

  @BeforeParameterizedClassInvocation(injectArguments = false)
  void begin(@TempDir Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    siege = Siege.begin(hostile, folder);
  }

  private List<HostileInput> rows() {
    return hostile.rows();
  }

  @ParameterizedTest
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  @MethodSource("rows")
  void inputComesToWhatTheTableSays(HostileInput input) throws IOException {
    siege.attempt(input);
  }

  @AfterEach
  void bystandersAreUndisturbed() {
    siege.assertUndisturbed();
  }

  @AfterParameterizedClassInvocation
  void nothingIsLeftBehind() throws IOException {
    siege.end();
  }
}
