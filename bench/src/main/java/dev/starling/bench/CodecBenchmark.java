package dev.starling.bench;

import dev.starling.core.protocol.ServerMessage;
import dev.starling.proto.ClientFrame;
import dev.starling.proto.FrameReader;
import dev.starling.proto.FrameWriter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading and writing one frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  @Param private Form form = Form.JSON;

  private FrameReader reader = form.reader();
  private FrameWriter writer = form.writer();
  private byte[] signal = {};
  private byte[] join = {};
  private final ServerMessage signaled = Samples.signal();
  private final ServerMessage welcome = Samples.welcome();
  private final ServerMessage joined = Samples.joined(1, Samples.FIRST);

  @Setup
  public void encode() {
    reader = form.reader();
    writer = form.writer();
    signal = form.signal(1, Samples.ROOM, Samples.SECOND, Samples.OFFER);
    join = form.join(1, Samples.ROOM, Samples.profile());
  }

  @Benchmark
  public ClientFrame readSignal() {
    return reader.read(signal, signal.length);
  }

  @Benchmark
  public ClientFrame readJoin() {
    return reader.read(join, join.length);
  }

  @Benchmark
  public int writeSignal() {
    return writer.write(signaled, "1z", Samples.SECOND);
  }

  @Benchmark
  public int writeWelcome() {
    return writer.write(welcome, "0", Samples.FIRST);
  }

  @Benchmark
  public int writeJoined() {
    return writer.write(joined, "1", Samples.FIRST);
  }
}
