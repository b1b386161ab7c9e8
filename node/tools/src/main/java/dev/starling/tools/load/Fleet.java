package dev.starling.tools.load;

import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All clients of one target. Its methods are called by the command's own thread. */
final class Fleet implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final LoadPlan plan;
  private final EventLoopGroup loops;
  private final Connector connector;
  private final Gathering gathering;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();

  Fleet(Target target, LoadPlan plan, @Nullable SslContext tls) {
    this.plan = plan;
    loops = Connector.newLoops(plan.loops());
    connector = new Connector(target, tls);
    gathering = new Gathering(connector, plan.clients());
    for (int i = 0; i < plan.loops(); i++) {
      lanes.add(new Lane(loops.next(), wires(target), plan, gathering));
    }
    addRooms(target);
  }

  private static List<Wire> wires(Target target) {
    return target.wires().stream().map(Supplier::get).toList();
  }

  /** Rooms have names of this run, so that what is left of another one is not met. */
  private void addRooms(Target target) {
    String run = Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX);
    for (int number = 0, index = 0; index < plan.clients(); number++) {
      Lane lane = lanes.get(number % lanes.size());
      Room room = new Room("load-" + run + "-" + number, number, index);
      int size = Math.min(plan.roomSize(), plan.clients() - index);
      for (int seat = 0; seat < size; seat++) {
        LoadTokens tokens = target.tokens();
        String token = tokens == null ? null : tokens.token(index);
        Client client = new Client(index++, seat, size, room, lane, token);
        room.add(client);
        clients.add(client);
      }
      lane.add(room);
    }
  }

  List<Client> clients() {
    return clients;
  }

  Connector connector() {
    return connector;
  }

  /** Brings all clients into their rooms. */
  void gather(Progress progress) throws InterruptedException {
    for (Client client : clients) {
      long delayNanos = TimeUnit.SECONDS.toNanos(client.index()) / plan.connectsPerSecond();
      client
          .lane()
          .loop()
          .schedule(
              () -> connector.connect(client, client.lane()), delayNanos, TimeUnit.NANOSECONDS);
    }
    long patience = PATIENCE_SECONDS + 2L * plan.clients() / plan.connectsPerSecond();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    progress.begin("connecting", plan.clients());
    while (!awaited(gathering.complete(), 200) && System.nanoTime() < deadline) {
      progress.reach(gathering.joined());
    }
    progress.end();
    if (!gathering.complete().isDone()) {
      throw new Unreachable(
          "only " + gathering.joined() + " of " + plan.clients() + " clients came in time");
    }
    attend(new Vigil());
  }

  /** Whom clients tell of their coming and going from now on. */
  void attend(Attendance attendance) {
    lanes.forEach(lane -> lane.attend(attendance));
  }

  void start(Function<Lane, Pacer> pacing) throws InterruptedException {
    onLanes(lane -> {
      lane.start(pacing);
      return lane;
    });
  }

  void stop() throws InterruptedException {
    onLanes(lane -> {
      lane.stop();
      return lane;
    });
  }

  /** Lets so many clients a second go and come back from now on. */
  void startChurn(double perSecond) throws InterruptedException {
    double perLane = perSecond / lanes.size();
    onLanes(lane -> {
      if (!lane.clients().isEmpty()) {
        Churn churn = new Churn(lane, connector, perLane);
        lane.attend(churn);
        churn.start();
      }
      return lane;
    });
  }

  /** Lets nobody go any more, and waits for those who are away; who doesn't come back counts. */
  void stopChurn() throws InterruptedException {
    List<CompletableFuture<Void>> allBack =
        onLanes(lane ->
            lane.attendance() instanceof Churn churn
                ? churn.stop()
                : CompletableFuture.<Void>completedFuture(null));
    for (CompletableFuture<Void> back : allBack) {
      awaited(back, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }
    attend(new Vigil());
  }

  /** Waits for what is under way; what doesn't come in time is given up. */
  void drain() throws InterruptedException {
    long patienceNanos = TimeUnit.SECONDS.toNanos(plan.drainSeconds());
    for (CompletableFuture<Void> drained : onLanes(lane -> lane.drain(patienceNanos))) {
      get(drained);
    }
  }

  /** What all lanes have counted since the last time. */
  Tally takeTally() throws InterruptedException {
    Tally all = new Tally();
    onLanes(Lane::takeTally).forEach(all::add);
    return all;
  }

  /** Ends all sessions. */
  @Override
  public void close() {
    for (Client client : clients) {
      client.lane().loop().execute(client::leave);
    }
    loops.shutdownGracefully(50, 2000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  private <T> List<T> onLanes(Function<Lane, T> task) throws InterruptedException {
    List<CompletableFuture<T>> tasks = new ArrayList<>();
    for (Lane lane : lanes) {
      tasks.add(CompletableFuture.supplyAsync(() -> task.apply(lane), lane.loop()));
    }
    List<T> results = new ArrayList<>();
    for (CompletableFuture<T> each : tasks) {
      results.add(get(each));
    }
    return results;
  }

  private static boolean awaited(CompletableFuture<Void> future, long millis)
      throws InterruptedException {
    try {
      future.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) {
      throw unwrapped(failed);
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      throw unwrapped(failed);
    }
  }

  private static RuntimeException unwrapped(ExecutionException failed) {
    return failed.getCause() instanceof RuntimeException cause
        ? cause
        : new CompletionException(failed.getCause());
  }

  /** While messages flow nobody is to leave. */
  private static final class Vigil implements Attendance {
    @Override
    public void joined(Client client) {}

    @Override
    public void lost(Client client, String reason) {
      client.lane().tally().disconnect(reason);
    }
  }
}
