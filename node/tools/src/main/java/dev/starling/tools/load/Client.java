package dev.starling.tools.load;

import io.netty.channel.Channel;
import io.netty.util.collection.LongObjectHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client: a session in a room, over one connection after another. */
final class Client implements Inbound {
  /** More are not sent before some are answered; a server refuses sooner. */
  private static final int MOST_UNANSWERED = 1024;

  /** Among them those that were answered and never came. */
  private static final int MOST_OPEN = 65_536;

  private static final long RESEND_MILLIS = 100;

  private final int index;
  private final int seat;
  private final Room room;
  private final Lane lane;
  private final Wire wire;
  private final @Nullable String token;

  private final LongObjectHashMap<Request> open = new LongObjectHashMap<>();
  private final Sightings sightings;
  private final Connection connection;
  private String session = "";
  private String resumeToken = "";
  private boolean resumed;
  private boolean joined;
  private long lastId;
  private long joinId;
  private int unanswered;
  private String refusal = "";

  private final Offset offset = new Offset();
  private final Confirming confirming;

  /**
   * @param index its number in the run
   * @param seat its number in the room
   * @param token the room token; null to come without
   */
  Client(int index, int seat, int roomSize, Room room, Lane lane, @Nullable String token) {
    this.index = index;
    this.seat = seat;
    this.room = room;
    this.lane = lane;
    this.wire = lane.wire(index);
    this.token = token;
    connection = new Connection(lane);
    sightings = new Sightings(roomSize);
    confirming = new Confirming(lane, this::confirm);
  }

  Lane lane() {
    return lane;
  }

  Wire wire() {
    return wire;
  }

  int index() {
    return index;
  }

  int seat() {
    return seat;
  }

  Room room() {
    return room;
  }

  boolean wasResumed() {
    return resumed;
  }

  /** Whether it is in its room and may send one more. */
  boolean canSend() {
    return joined && unanswered < MOST_UNANSWERED && open.size() < MOST_OPEN;
  }

  /** Sends a message and counts it. */
  void send(Pair pair, Kind kind, int step, long intendedNanos, Client listener) {
    Request request = new Request(++lastId, kind, step, intendedNanos, pair, listener);
    open.put(request.id(), request);
    unanswered++;
    pair.sent();
    lane.tally().sent++;
    write(request);
  }

  /** The connection is open: introduces itself. */
  void opened(Channel opened) {
    connection.opened(opened);
    Wire.Credentials credentials = new Wire.Credentials(token, resumeToken, offset.toString());
    connection.write(wire.hello(lane.memory(), credentials));
    lane.flush();
  }

  /** The connection is gone. */
  void closed(String reason) {
    connection.closed();
    joined = false;
    lane.attendance().lost(this, refusal.isEmpty() ? reason : refusal);
    refusal = "";
  }

  /** Everything that came with one read was taken in: confirms it, now or in time. */
  void readCompleted() {
    confirming.readCompleted();
    lane.flush();
  }

  private void confirm() {
    if (offset.confirm()) {
      connection.write(wire.confirm(lane.memory(), offset.bytes(), offset.length()));
    }
  }

  /** Asks for one more room; its answer goes to who attends. */
  void enter(String other) {
    connection.write(wire.join(lane.memory(), ++lastId, other));
  }

  /** Cuts the connection without a word, as a lost network does. */
  void drop() {
    connection.drop();
  }

  /** Ends the session. */
  void leave() {
    resumeToken = "";
    connection.leave();
  }

  @Override
  public void welcome(String newSession, String newResumeToken, boolean wasResumed) {
    session = newSession;
    resumeToken = newResumeToken;
    resumed = wasResumed;
    joinId = ++lastId;
    connection.write(wire.join(lane.memory(), joinId, room.name()));
  }

  @Override
  public void token(String newResumeToken) {
    resumeToken = newResumeToken;
  }

  @Override
  public void joined() {
    if (!joined) {
      joined = true;
      lane.attendance().joined(this);
    } else {
      lane.attendance().entered(this);
    }
  }

  @Override
  public void done(long id, int missed) {
    Request request = open.get(id);
    if (request == null || request.isAnswered()) {
      return;
    }
    lane.tally().missed += missed;
    lane.tally().confirm(request.intendedNanos(), System.nanoTime());
    answer(request);
    if (request.awaited() <= missed) {
      open.remove(id);
    }
    lane.answered(request.pair(), true);
  }

  @Override
  public void doneThrough(long id) {
    for (long each = id; open.containsKey(each); each--) {
      done(each, 0);
    }
  }

  @Override
  public void refused(long id, String code) {
    Request request = open.get(id);
    if (request == null || request.isAnswered()) {
      refusal = code;
      if (id == joinId && id != 0) {
        drop();
      } else if (id > joinId && request == null) {
        lane.attendance().turnedAway(this, code);
      }
      return;
    }
    if (code.equals("INDETERMINATE")) {
      lane.tally().indeterminate++;
      request.doubt();
      lane.loop().schedule(() -> resend(request), RESEND_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    lane.tally().refuse(code);
    answer(request);
    open.remove(id);
    lane.answered(request.pair(), false);
  }

  @Override
  public void delivered(Kind kind, int sender, long sequence, long intendedNanos) {
    Client from = room.client(sender);
    if (from == null) {
      lane.tally().misdelivered++;
      return;
    }
    Request request = from.open.get(sequence);
    if (request != null && !request.isFor(this)) {
      lane.tally().misdelivered++;
    } else if (request == null || !request.receive(this)) {
      lane.tally().duplicated++;
    } else {
      lane.tally().reordered += sightings.isLate(kind, from.seat, sequence) ? 1 : 0;
      request.count(lane.tally(), intendedNanos);
      from.settle(request);
    }
  }

  @Override
  public void offset(byte[] source, int start, int end) {
    offset.take(source, start, end);
  }

  /** How many requests are not settled. */
  int openRequests() {
    return open.size();
  }

  /** Gives up waiting: what is open now is lost, or was never answered. */
  void giveUp() {
    for (Request request : open.values()) {
      lane.tally().lost += request.lost(connection.isOpen());
      if (!request.isAnswered()) {
        lane.tally().unanswered++;
        answer(request);
      }
    }
    open.clear();
  }

  private void resend(Request request) {
    if (joined && !request.isAnswered()) {
      write(request);
      lane.flush();
    }
  }

  private void answer(Request request) {
    request.answer();
    unanswered--;
  }

  private void settle(Request request) {
    if (!wire.isAnswered() && request.awaited() == 0) {
      done(request.id(), 0);
    } else if (request.isSettled()) {
      open.remove(request.id());
    }
  }

  private void write(Request request) {
    confirming.sending();
    String to = request.listener().session;
    connection.write(wire.request(lane.memory(), room.name(), to, index, request));
  }
}
