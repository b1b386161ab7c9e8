package dev.starling.server.host;

import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.Revocations;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.room.RoomViews;
import dev.starling.core.session.SessionInput;
import dev.starling.crdt.ReplicaId;
import io.netty.util.concurrent.EventExecutor;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions, rooms and connections of one node. Thread-safe: look-ups are lock-free, and
 * everything stateful runs on the loop it belongs to.
 */
public final class NodeHost {
  private static final int SESSION_BYTES = 12;

  /** Users that have gone are remembered for as long as their rates need to recover. */
  private static final int FORMER_USERS = 65_536;

  private final HostConfig config;
  private final Admission admission;
  private final IceServers iceServers;
  private final NodeClock clock;
  private final Loops loops;
  private final MemoryAccount account;
  private final Shedding shedding;
  private final Visitors visitors;
  private final NodeRooms rooms;
  private final RoomViews views;
  private final Relays relays;
  private final Inquiries inquiries = new Inquiries();
  private final ShareTable<String, Share> users;
  private final ConcurrentHashMap<String, SessionHost> sessions = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, ConnectionHost> connections = new ConcurrentHashMap<>();
  private final AtomicLong links = new AtomicLong();
  private final SecureRandom random = new SecureRandom();
  private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
  private volatile boolean draining;
  private volatile ReplicaId life;
  private volatile Revocations revocations = Revocations.NONE;

  /**
   * @param views who is in which room, and where, given the rooms of this node
   * @param executors the event loops; the same ones that serve the connections
   */
  public NodeHost(
      HostConfig config,
      Admission admission,
      IceServers iceServers,
      NodeClock clock,
      UnaryOperator<RoomViews> views,
      Iterable<EventExecutor> executors) {
    this.config = config;
    this.life = config.replica();
    this.admission = admission;
    this.iceServers = iceServers;
    this.clock = clock;
    this.account = new MemoryAccount(config.maxHeldBytes(), this::shed);
    this.loops = new Loops(executors, account);
    this.shedding = new Shedding(account, sessions.values(), clock, loops.first());
    ReplicationConfig replication = config.replication();
    this.rooms = replication == null ? new LocalRooms(this) : new SharedRooms(this, replication);
    this.views = views.apply(rooms::view);
    this.relays = new Relays(this, new Places(this.views));
    this.visitors = new Visitors(config.shares(), clock);
    this.users =
        new ShareTable<>(
            config.maxSessions() + FORMER_USERS, () -> new Share(config.shares().user()));
  }

  private void shed() {
    shedding.begin();
  }

  /** Who may connect. */
  public Visitors visitors() {
    return visitors;
  }

  /** How much it has of what it may take; bytes up to a small part of the limit. */
  public Load load() {
    return new Load(connections.size(), sessions.size(), account.heldBytes(), config);
  }

  /**
   * Takes a new connection.
   *
   * @param executor the loop that serves it, one of the constructor's
   * @param visitor the address that it comes from, or null where nobody counts that
   */
  public ConnectionHost connect(
      ClientLink link, EventExecutor executor, @Nullable Visitor visitor) {
    ConnectionHost connection =
        new ConnectionHost(this, links.incrementAndGet(), link, loops.of(executor), visitor);
    connections.put(connection.number(), connection);
    if (draining) {
      connection.drain();
    }
    return connection;
  }

  /**
   * Tells every session, and every connection from here on, that the node is going away.
   *
   * @return completes when no connection and no session is left
   */
  public CompletableFuture<@Nullable Void> drain() {
    draining = true;
    sessions.values().forEach(session -> session.input(new SessionInput.Draining()));
    connections.values().forEach(ConnectionHost::drain);
    completeDrain();
    return drained;
  }

  private void completeDrain() {
    if (draining && connections.isEmpty() && sessions.isEmpty()) {
      drained.complete(null);
    }
  }

  /**
   * Ends the sessions whose tokens are revoked, and every one that is opened or resumed with such a
   * token from here on.
   *
   * @param revoked all revocations, in place of those of the last call
   */
  public void revoke(Revocations revoked) {
    revocations = revoked;
    sessions.values().forEach(session -> session.input(new SessionInput.Revoked(revoked)));
  }

  /**
   * Whether an address brought so many bad credentials that the next aren't looked at for a while.
   */
  public boolean ignoresCredentialsOf(Visitor visitor) {
    return visitor.refusedTooOften(clock.nanos());
  }

  /** Counts credentials that were refused. */
  public void refusedCredentialsOf(Visitor visitor) {
    visitor.refused(clock.nanos());
  }

  /**
   * The ring says which life of the node this is. Where its name was known from a later start, that
   * is another than it began with: sessions of the one that nobody knows end, and come anew.
   */
  public void live(ReplicaId now) {
    if (!now.equals(life)) {
      life = now;
      sessions.values().forEach(session -> session.input(new SessionInput.Draining()));
      if (rooms instanceof SharedRooms shared) {
        shared.renew(now);
      }
    }
  }

  /** Which life of the node this is. */
  ReplicaId life() {
    return life;
  }

  MemoryAccount account() {
    return account;
  }

  HostConfig config() {
    return config;
  }

  Revocations revocations() {
    return revocations;
  }

  NodeClock clock() {
    return clock;
  }

  SecureRandom random() {
    return random;
  }

  Admission admission() {
    return admission;
  }

  IceServers iceServers() {
    return iceServers;
  }

  /** Opens a session on a connection's loop; false where there is no room for one more. */
  boolean open(ConnectionHost connection, Loop loop, Grant grant, @Nullable ResumeRefusal refused) {
    if (sessions.size() >= config.maxSessions() || account.crowded()) {
      return false;
    }
    int most = config.shares().sessionsPerUser();
    Share share = users.hold(grant.user(), known -> known.holders() < most, clock.nanos());
    if (share == null) {
      return false;
    }
    SessionHost session = new SessionHost(this, newSessionId(), loop, grant, share);
    sessions.put(session.id(), session);
    session.input(
        new SessionInput.Opened(connection.number(), iceServers.of(grant.user()), refused));
    // Whatever happened to all sessions while this one was not among them yet.
    session.input(new SessionInput.Revoked(revocations));
    if (draining) {
      session.input(new SessionInput.Draining());
    }
    return true;
  }

  private String newSessionId() {
    byte[] bits = new byte[SESSION_BYTES];
    random.nextBytes(bits);
    return config.region() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  @Nullable SessionHost session(String id) {
    return sessions.get(id);
  }

  void ended(SessionHost session) {
    if (sessions.remove(session.id(), session)) {
      users.letGo(session.user(), clock.nanos());
    }
    completeDrain();
  }

  @Nullable ConnectionHost connection(long number) {
    return connections.get(number);
  }

  void closed(ConnectionHost connection) {
    connections.remove(connection.number(), connection);
    completeDrain();
  }

  Relays relays() {
    return relays;
  }

  /** What is under way to other nodes and from them. */
  public Routes routes() {
    return relays.routes();
  }

  /** What operators ask of other nodes, and others of this one. */
  public Inquiries inquiries() {
    return inquiries;
  }

  RoomViews views() {
    return views;
  }

  NodeRooms rooms() {
    return rooms;
  }

  /** The rooms that this node shares with others; null where it is alone. */
  public @Nullable SharedRooms sharedRooms() {
    return rooms instanceof SharedRooms shared ? shared : null;
  }

  Loops loops() {
    return loops;
  }

  void answer(String to, SessionInput input) {
    SessionHost receiver = sessions.get(to);
    if (receiver != null) {
      receiver.input(input);
    }
  }
}
