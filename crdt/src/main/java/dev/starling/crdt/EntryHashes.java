package dev.starling.crdt;

import java.util.function.ObjLongConsumer;

/** The hash of each entry of a room, over its dot, its kind and all that it holds. */
final class EntryHashes {
  private static final int MEMBER = 1;
  private static final int SETTING = 2;
  private static final int CHAT = 3;
  private static final int BAN = 4;

  private EntryHashes() {}

  /** Tells every entry's hash. */
  static void each(RoomDelta delta, ObjLongConsumer<Dot> told) {
    delta.members().forEach((dot, member) -> told.accept(dot, of(dot, member)));
    delta.settings().forEach((dot, setting) -> told.accept(dot, of(dot, setting)));
    delta.chat().forEach((dot, message) -> told.accept(dot, of(dot, message)));
    delta.bans().forEach((dot, ban) -> told.accept(dot, of(dot, ban)));
  }

  static long of(Dot dot, Member member) {
    return new Fingerprint()
        .add(dot)
        .add(MEMBER)
        .add(member.session())
        .add(member.epoch())
        .add(member.host())
        .add(member.region())
        .add(member.user())
        .add(member.role().text())
        .add(member.since().packed())
        .add(member.profile())
        .add(member.rest())
        .value();
  }

  static long of(Dot dot, Setting setting) {
    return new Fingerprint()
        .add(dot)
        .add(SETTING)
        .add(setting.key())
        .add(setting.register())
        .add(setting.rest())
        .value();
  }

  static long of(Dot dot, ChatMessage message) {
    return new Fingerprint()
        .add(dot)
        .add(CHAT)
        .add(message.dot())
        .add(message.at().packed())
        .add(message.session())
        .add(message.user())
        .add(message.data())
        .add(message.rest())
        .value();
  }

  static long of(Dot dot, Ban ban) {
    return new Fingerprint()
        .add(dot)
        .add(BAN)
        .add(ban.user())
        .add(ban.untilMillis())
        .add(ban.rest())
        .value();
  }
}
