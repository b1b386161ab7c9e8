package dev.starling.server.config;

import java.util.List;
import java.util.function.Predicate;

/**
 * A condition on several settings together.
 *
 * @param about the settings it reads, the one to blame first
 * @param holds whether it is met
 * @param message what is wrong and what to do where it isn't
 */
record Rule(List<Setting<?>> about, Predicate<Values> holds, String message) {
  private static final int MOST_KEYS = 8;
  private static final int MOST_PLACE = 40;

  /** A message between nodes has 16 MiB; a quarter is left to what comes with each payload. */
  private static final long MOST_ROOM_BYTES = 12 * 1024 * 1024;

  /** All of them. */
  static final List<Rule> ALL =
      List.of(
          new Rule(
              List.of(SettingTable.CLIENT_TLS, SettingTable.CLIENT_HOST),
              values ->
                  SettingsAssembly.tlsMode(values) != TlsMode.OFF
                      || Loopback.is(values.get(SettingTable.CLIENT_HOST)),
              "off is for loopback addresses only; set on, or proxied where a proxy in front ends"
                  + " TLS"),
          new Rule(
              List.of(
                  SettingTable.CLIENT_TLS, SettingTable.CLIENT_HOST, SettingTable.TLS_CERTIFICATE),
              values ->
                  SettingsAssembly.tlsMode(values) != TlsMode.ON
                      || values.find(SettingTable.TLS_CERTIFICATE) != null,
              "on, as it is by default off loopback, needs tls.certificate and tls.key"),
          together(SettingTable.TLS_CERTIFICATE, SettingTable.TLS_KEY),
          together(SettingTable.TLS_KEY, SettingTable.TLS_CERTIFICATE),
          new Rule(
              List.of(
                  AuthTable.SECRET,
                  SettingTable.CLIENT_HOST,
                  AuthTable.SECRETS,
                  AuthTable.JWKS_FILE,
                  AuthTable.JWKS_URL),
              values ->
                  SettingsAssembly.hasTokenKeys(values)
                      || Loopback.is(values.get(SettingTable.CLIENT_HOST)),
              "is needed off loopback, or another key beside it; set at least 32 random bytes as"
                  + " text, the same on all nodes"),
          new Rule(
              List.of(SettingTable.ICE_TURN_SECRET, SettingTable.ICE_TURN_URLS),
              values ->
                  values.get(SettingTable.ICE_TURN_URLS).isEmpty()
                      || values.find(SettingTable.ICE_TURN_SECRET) != null,
              "is needed with ice.turnUrls; set the secret that the TURN servers were given"),
          new Rule(
              List.of(SettingTable.ROOM_GRACE_MS, SettingTable.SESSION_RESUME_MS),
              values ->
                  values.get(SettingTable.ROOM_GRACE_MS)
                      <= values.get(SettingTable.SESSION_RESUME_MS),
              "is longer than session.resumeMs; a member can't be shown longer than its session is"
                  + " kept"),
          new Rule(
              List.of(SettingTable.PROXY_CLIENT_ADDRESS, SettingTable.PROXY_ADDRESSES),
              values ->
                  values.get(SettingTable.PROXY_CLIENT_ADDRESS) == ProxiedAddress.NONE
                      || !values.get(SettingTable.PROXY_ADDRESSES).isEmpty(),
              "needs proxy.addresses, so that nobody else can make up a client's address"),
          new Rule(
              List.of(SettingTable.PROXY_CLIENT_ADDRESS, SettingTable.CLIENT_TLS),
              values ->
                  values.get(SettingTable.PROXY_CLIENT_ADDRESS) == ProxiedAddress.NONE
                      || SettingsAssembly.tlsMode(values) == TlsMode.PROXIED,
              "needs client.tls = proxied: without it no proxy ends TLS"),
          new Rule(
              List.of(SettingTable.CONFORMANCE_ENABLED, SettingTable.CLIENT_HOST),
              values ->
                  !values.get(SettingTable.CONFORMANCE_ENABLED)
                      || Loopback.is(values.get(SettingTable.CLIENT_HOST)),
              "is for loopback addresses only; leave it off, or set client.host to 127.0.0.1"),
          inACluster(
              List.of(ClusterTable.KEYS, ClusterTable.KEYS_FILE),
              values ->
                  !values.get(ClusterTable.KEYS).isEmpty()
                      || values.find(ClusterTable.KEYS_FILE) != null,
              "is needed with cluster.enabled, or cluster.keysFile beside it; set the same keys on"
                  + " all nodes"),
          inACluster(
              List.of(ClusterTable.KEYS),
              values -> values.get(ClusterTable.KEYS).size() <= MOST_KEYS,
              "has more than " + MOST_KEYS + " keys; take out those that no node seals with"),
          inACluster(
              List.of(ClusterTable.CERTIFICATE, ClusterTable.KEY, ClusterTable.AUTHORITY),
              values ->
                  values.find(ClusterTable.CERTIFICATE) != null
                      && values.find(ClusterTable.KEY) != null
                      && values.find(ClusterTable.AUTHORITY) != null,
              "is needed with cluster.enabled, and so are cluster.key and cluster.authority; nodes"
                  + " know each other by certificates"),
          amongNodes(
              List.of(SettingTable.NODE_REGION),
              values -> values.get(SettingTable.NODE_REGION).length() <= MOST_PLACE,
              "is longer than the "
                  + MOST_PLACE
                  + " characters that a region's name has in a cluster or for operators"),
          amongNodes(
              List.of(SettingTable.NODE_ZONE),
              values -> values.get(SettingTable.NODE_ZONE).length() <= MOST_PLACE,
              "is longer than the "
                  + MOST_PLACE
                  + " characters that a zone's name has in a cluster or for operators"),
          forOperators(
              List.of(AdminTable.TLS, AdminTable.HOST),
              values ->
                  SettingsAssembly.adminTls(values) == AdminTls.ON
                      || Loopback.is(values.get(AdminTable.HOST)),
              "off is for loopback addresses only; set on, with admin.certificate and admin.key"),
          forOperators(
              List.of(AdminTable.TLS, AdminTable.HOST, AdminTable.CERTIFICATE),
              values ->
                  SettingsAssembly.adminTls(values) == AdminTls.OFF
                      || values.find(AdminTable.CERTIFICATE) != null,
              "on, as it is by default off loopback, needs admin.certificate and admin.key"),
          together(AdminTable.CERTIFICATE, AdminTable.KEY),
          together(AdminTable.KEY, AdminTable.CERTIFICATE),
          forOperators(
              List.of(AdminTable.AUTHORITY, AdminTable.TLS),
              values ->
                  values.find(AdminTable.AUTHORITY) == null
                      || SettingsAssembly.adminTls(values) == AdminTls.ON,
              "needs admin.tls = on: nobody shows a certificate without TLS"),
          inACluster(
              List.of(
                  SettingTable.ROOM_CHAT_MESSAGES,
                  LimitTable.CHAT_BYTES,
                  LimitTable.MEMBERS_PER_ROOM,
                  LimitTable.PROFILE_BYTES),
              values -> roomBytes(values) <= MOST_ROOM_BYTES,
              "lets a room grow beyond the 12 MiB that nodes can share; room.chatMessages times"
                  + " limits.chatBytes and limits.membersPerRoom times limits.profileBytes must"
                  + " stay below that together"),
          roomForOneMessage(LimitTable.CHAT_BYTES, false),
          roomForOneMessage(LimitTable.PROFILE_BYTES, false),
          roomForOneMessage(LimitTable.BYTES_PER_SECOND, true),
          roomForOneMessage(LimitTable.OUTBOUND_BYTES, true),
          roomForOneMessage(LimitTable.UNCONFIRMED_BYTES, true));

  /** The payload of the largest room. */
  private static long roomBytes(Values values) {
    return (long) values.get(SettingTable.ROOM_CHAT_MESSAGES) * values.get(LimitTable.CHAT_BYTES)
        + (long) values.get(LimitTable.MEMBERS_PER_ROOM) * values.get(LimitTable.PROFILE_BYTES);
  }

  private static Rule inACluster(List<Setting<?>> about, Predicate<Values> holds, String message) {
    return new Rule(
        about, values -> !values.get(ClusterTable.ENABLED) || holds.test(values), message);
  }

  private static Rule amongNodes(List<Setting<?>> about, Predicate<Values> holds, String message) {
    return new Rule(
        about,
        values ->
            (!values.get(ClusterTable.ENABLED) && values.find(AdminTable.PORT) == null)
                || holds.test(values),
        message);
  }

  private static Rule forOperators(
      List<Setting<?>> about, Predicate<Values> holds, String message) {
    return new Rule(
        about, values -> values.find(AdminTable.PORT) == null || holds.test(values), message);
  }

  private static Rule together(Setting<?> given, Setting<?> other) {
    return new Rule(
        List.of(given, other),
        values -> values.find(given) == null || values.find(other) != null,
        "needs " + other.name() + " beside it");
  }

  private static Rule roomForOneMessage(Setting<Integer> limit, boolean holdsMessages) {
    Setting<Integer> message = LimitTable.MESSAGE_BYTES;
    return new Rule(
        List.of(limit, message),
        values ->
            holdsMessages
                ? values.get(limit) >= values.get(message)
                : values.get(limit) <= values.get(message),
        holdsMessages
            ? "must be at least limits.messageBytes, or the largest message never gets through"
            : "must be at most limits.messageBytes, or nothing that large ever arrives");
  }
}
