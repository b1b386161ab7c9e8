package dev.starling.tools.load;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What the processes of a server use together: one, or all nodes of a cluster. */
record ServerProbe(List<ProcessProbe> processes) {

  /**
   * @throws dev.starling.tools.CommandFailure when there is no such process
   */
  static ServerProbe of(List<Long> pids) {
    return new ServerProbe(pids.stream().map(ProcessProbe::new).toList());
  }

  List<Long> pids() {
    return processes.stream().map(ProcessProbe::pid).toList();
  }

  /** Their CPU time, in steps of 10 ms. */
  long cpuNanos() {
    return sum(ProcessProbe::cpuNanos);
  }

  /** The same, or 0 where nobody knows the processes. */
  static long cpuNanosOf(@Nullable ServerProbe probe) {
    return probe == null ? 0 : probe.cpuNanos();
  }

  /** Their memory in use. */
  long residentBytes() {
    return sum(ProcessProbe::residentBytes);
  }

  /** What a collection leaves of their heaps; makes them collect. */
  long liveHeapBytes() throws InterruptedException {
    long bytes = 0;
    for (ProcessProbe process : processes) {
      bytes += process.liveHeapBytes();
    }
    return bytes;
  }

  private long sum(ToLongFunction<ProcessProbe> figure) {
    return processes.stream().mapToLong(figure).sum();
  }
}
