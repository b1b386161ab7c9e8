package dev.starling.server.edge;

import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers what Netty reports as leaked; Netty is told of it by a system property of the tests.
 */
public final class LeakReports<T> extends ResourceLeakDetector<T> {
  private static final List<String> REPORTS = new CopyOnWriteArrayList<>();

  /** Called by Netty. */
  public LeakReports(Class<?> resource, int samplingInterval) {
    super(resource, samplingInterval);
  }

  /** Looked for by Netty, though of no use to it. */
  public LeakReports(Class<?> resource, int samplingInterval, long maxActive) {
    super(resource, samplingInterval);
  }

  public static List<String> all() {
    return List.copyOf(REPORTS);
  }

  @Override
  protected void reportTracedLeak(String resource, String records) {
    REPORTS.add(resource + records);
  }

  @Override
  protected void reportUntracedLeak(String resource) {
    REPORTS.add(resource);
  }

  @Override
  protected boolean needReport() {
    return true;
  }
}
