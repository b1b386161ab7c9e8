package dev.starling.server.config;

import dev.starling.server.config.NodeSettings.Admin;
import dev.starling.server.config.NodeSettings.Api;
import dev.starling.server.config.NodeSettings.Auth;
import dev.starling.server.config.NodeSettings.Client;
import dev.starling.server.config.NodeSettings.Cluster;
import dev.starling.server.config.NodeSettings.Conformance;
import dev.starling.server.config.NodeSettings.Demo;
import dev.starling.server.config.NodeSettings.Ice;
import dev.starling.server.config.NodeSettings.Limits;
import dev.starling.server.config.NodeSettings.Log;
import dev.starling.server.config.NodeSettings.Node;
import dev.starling.server.config.NodeSettings.Proxy;
import dev.starling.server.config.NodeSettings.Room;
import dev.starling.server.config.NodeSettings.Session;
import dev.starling.server.config.NodeSettings.Shutdown;
import dev.starling.server.config.NodeSettings.Store;
import dev.starling.server.config.NodeSettings.Tls;
import dev.starling.server.config.NodeSettings.Warmup;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts checked values into the records that the node's parts are given. */
final class SettingsAssembly {
  private SettingsAssembly() {}

  static NodeSettings assemble(Values values, String hostName) {
    return new NodeSettings(
        client(values),
        new Proxy(
            values.get(SettingTable.PROXY_ADDRESSES),
            values.get(SettingTable.PROXY_CLIENT_ADDRESS)),
        new Conformance(values.get(SettingTable.CONFORMANCE_ENABLED)),
        tls(values),
        auth(values),
        new Api(values.get(AuthTable.API_KEYS), values.get(AuthTable.API_REQUESTS_PER_SECOND)),
        new Demo(values.get(SettingTable.DEMO_ENABLED)),
        ice(values),
        node(values, hostName),
        cluster(values),
        admin(values),
        room(values),
        new Store(values.find(SettingTable.STORE_DIRECTORY)),
        session(values),
        limits(values),
        new Log(values.get(SettingTable.LOG_LEVEL), values.get(SettingTable.LOG_FORMAT)),
        new Shutdown(values.get(SettingTable.SHUTDOWN_DRAIN_MS)),
        new Warmup(values.get(SettingTable.WARMUP_ENABLED)));
  }

  /** Who ends TLS, where the host decides unless it was said. */
  static TlsMode tlsMode(Values values) {
    TlsMode said = values.find(SettingTable.CLIENT_TLS);
    if (said != null) {
      return said;
    }
    return Loopback.is(values.get(SettingTable.CLIENT_HOST)) ? TlsMode.OFF : TlsMode.ON;
  }

  private static Client client(Values values) {
    return new Client(
        values.get(SettingTable.CLIENT_HOST),
        values.get(SettingTable.CLIENT_PORT),
        tlsMode(values),
        values.find(SettingTable.CLIENT_PUBLIC_URL),
        values.find(SettingTable.CLIENT_ORIGINS),
        values.get(SettingTable.CLIENT_ORIGIN_REQUIRED));
  }

  /** Files that nobody is to use are left out, so that whoever finds a certificate may show it. */
  private static @Nullable Tls tls(Values values) {
    Path certificate = values.find(SettingTable.TLS_CERTIFICATE);
    Path key = values.find(SettingTable.TLS_KEY);
    return tlsMode(values) == TlsMode.ON && certificate != null && key != null
        ? new Tls(certificate, key)
        : null;
  }

  private static Auth auth(Values values) {
    return new Auth(
        values.find(AuthTable.SECRET),
        values.get(AuthTable.SECRETS),
        values.find(AuthTable.JWKS_FILE),
        values.find(AuthTable.JWKS_URL),
        values.get(AuthTable.JWKS_REFRESH_SECONDS),
        values.get(AuthTable.JWKS_COOLDOWN_SECONDS),
        values.get(AuthTable.JWKS_TIMEOUT_MS),
        values.find(AuthTable.ISSUER),
        values.find(AuthTable.AUDIENCE),
        values.get(AuthTable.LEEWAY_SECONDS),
        values.find(AuthTable.REVOCATIONS_FILE),
        values.get(AuthTable.ANONYMOUS));
  }

  /** Whether tokens can be signed with anything but the development key. */
  static boolean hasTokenKeys(Values values) {
    return values.find(AuthTable.SECRET) != null
        || !values.get(AuthTable.SECRETS).isEmpty()
        || values.find(AuthTable.JWKS_FILE) != null
        || values.find(AuthTable.JWKS_URL) != null;
  }

  private static Ice ice(Values values) {
    return new Ice(
        values.get(SettingTable.ICE_STUN_URLS),
        values.get(SettingTable.ICE_TURN_URLS),
        values.find(SettingTable.ICE_TURN_SECRET),
        values.get(SettingTable.ICE_TURN_TTL_SECONDS));
  }

  private static Node node(Values values, String hostName) {
    String said = values.find(SettingTable.NODE_NAME);
    return new Node(
        said != null ? said : labelOf(hostName),
        values.get(SettingTable.NODE_REGION),
        values.get(SettingTable.NODE_ZONE),
        values.get(SettingTable.NODE_ROLES));
  }

  private static Cluster cluster(Values values) {
    return new Cluster(
        values.get(ClusterTable.ENABLED),
        values.get(ClusterTable.HOST),
        values.get(ClusterTable.PORT),
        values.get(ClusterTable.STREAM_PORT),
        values.get(ClusterTable.SEEDS),
        values.get(ClusterTable.SEEDS_REFRESH_SECONDS),
        values.get(ClusterTable.NAME_SERVERS),
        values.get(ClusterTable.KEYS),
        values.find(ClusterTable.KEYS_FILE),
        values.find(ClusterTable.CERTIFICATE),
        values.find(ClusterTable.KEY),
        values.find(ClusterTable.AUTHORITY));
  }

  /** Whether operators come by TLS, where the host decides unless it was said. */
  static AdminTls adminTls(Values values) {
    AdminTls said = values.find(AdminTable.TLS);
    if (said != null) {
      return said;
    }
    return Loopback.is(values.get(AdminTable.HOST)) ? AdminTls.OFF : AdminTls.ON;
  }

  private static Admin admin(Values values) {
    return new Admin(
        values.get(AdminTable.HOST),
        values.find(AdminTable.PORT),
        adminTls(values),
        values.find(AdminTable.CERTIFICATE),
        values.find(AdminTable.KEY),
        values.find(AdminTable.AUTHORITY));
  }

  /** The first part of a host's name, cut down to what a label may hold. */
  private static String labelOf(String hostName) {
    String first = hostName.toLowerCase(Locale.ROOT).split("\\.", 2)[0];
    String kept = first.replaceAll("[^a-z0-9-]", "-").replaceAll("^-+", "");
    String label = kept.substring(0, Math.min(kept.length(), 63)).replaceAll("-+$", "");
    return label.isEmpty() ? "node" : label;
  }

  private static Room room(Values values) {
    return new Room(
        values.get(SettingTable.ROOM_GRACE_MS),
        values.get(SettingTable.ROOM_REGION_HIDE_MS),
        values.get(SettingTable.ROOM_CHAT_MESSAGES),
        values.get(SettingTable.ROOM_EMPTY_MS));
  }

  private static Session session(Values values) {
    return new Session(
        values.get(SettingTable.SESSION_RESUME_MS),
        values.get(SettingTable.SESSION_HEARTBEAT_MS),
        values.get(SettingTable.SESSION_CONFIRM_MS),
        values.get(SettingTable.SESSION_REQUEST_TIMEOUT_MS));
  }

  private static Limits limits(Values values) {
    return new Limits(
        values.get(LimitTable.MESSAGE_BYTES),
        values.get(LimitTable.JSON_DEPTH),
        values.get(LimitTable.CONNECTIONS),
        values.get(LimitTable.CONNECTIONS_PER_ADDRESS),
        values.get(LimitTable.CONNECTIONS_PER_SECOND_PER_ADDRESS),
        values.get(LimitTable.CONNECTIONS_PER_SECOND),
        values.get(LimitTable.SILENT_CONNECTIONS),
        values.get(LimitTable.REFUSED_HELLOS_PER_MINUTE),
        values.find(LimitTable.MEMORY_MIB),
        values.get(LimitTable.SESSIONS_PER_USER),
        values.get(LimitTable.ROOMS),
        values.get(LimitTable.ROOMS_PER_SESSION),
        values.get(LimitTable.MEMBERS_PER_ROOM),
        values.get(LimitTable.CHAT_BYTES),
        values.get(LimitTable.PROFILE_BYTES),
        values.get(LimitTable.MESSAGES_PER_SECOND),
        values.get(LimitTable.MESSAGE_BURST),
        values.get(LimitTable.BYTES_PER_SECOND),
        values.find(LimitTable.MESSAGES_PER_SECOND_PER_USER),
        values.find(LimitTable.BYTES_PER_SECOND_PER_USER),
        values.find(LimitTable.MESSAGES_PER_SECOND_PER_ADDRESS),
        values.find(LimitTable.BYTES_PER_SECOND_PER_ADDRESS),
        values.get(LimitTable.OUTBOUND_BYTES),
        values.get(LimitTable.UNCONFIRMED_EVENTS),
        values.get(LimitTable.UNCONFIRMED_BYTES),
        values.get(LimitTable.HANDSHAKE_MS),
        values.get(LimitTable.HEADER_MS),
        values.get(LimitTable.HEADER_BYTES),
        values.get(LimitTable.REQUESTS_IN_FLIGHT));
  }
}
