package dev.starling.server.store;

import java.nio.file.Files;
import java.util.function.BooleanSupplier;

/** Opens the engine, tells what is in it, and mends what is damaged. */
final class Loader implements StoreScan.Sink {
  private final StoreDirectory directory;
  private final StoreConfig config;
  private final StoreListener listener;
  private final StoreCounters counters;
  private final boolean telling;
  private final Tails tails;
  private int setAside;
  private String message;

  /**
   * @param telling whether the listener wants to know what is stored
   */
  Loader(
      StoreDirectory directory,
      StoreConfig config,
      StoreListener listener,
      StoreCounters counters,
      boolean telling) {
    this.directory = directory;
    this.config = config;
    this.listener = listener;
    this.counters = counters;
    this.telling = telling;
    this.tails = new Tails(config);
    this.message = "The store in " + directory.path() + " is in use.";
  }

  /** An engine in order, all of whose rooms have been told. */
  Engine load(BooleanSupplier stopped) throws StoreFault {
    NativeEngine.load(directory.path());
    if (!Files.exists(directory.rooms())) {
      Engine.make(directory.fresh()).close();
      directory.install();
    }
    Engine engine = open();
    boolean whole = false;
    try {
      new StoreScan(engine, stopped).run(this);
      if (setAside > 0) {
        Salvage.copy(engine, directory, stopped);
      }
      whole = setAside == 0;
    } finally {
      if (!whole) {
        engine.close();
      }
    }
    return whole ? engine : replace();
  }

  /** Where each room's deltas end, once loaded. */
  Tails tails() {
    return tails;
  }

  /** For the status, once loaded. */
  String message() {
    return message;
  }

  private Engine open() throws StoreFault {
    try {
      return Engine.open(directory.rooms(), config.sync());
    } catch (StoreFault damaged) {
      if (!damaged.is(StoreState.CORRUPT)) {
        throw damaged;
      }
      Engine engine = Engine.openDamaged(directory.rooms());
      lost("<engine>", "some of the latest operations may be missing");
      return engine;
    }
  }

  private Engine replace() throws StoreFault {
    message +=
        " What didn't check out ("
            + setAside
            + ") was set aside in "
            + directory.install()
            + ": check the disk, and delete that once nobody wants to look into it.";
    return Engine.open(directory.rooms(), config.sync());
  }

  @Override
  public void room(StoredRoom room) {
    String damage = room.damage();
    if (damage != null) {
      lost(room.name(), damage);
    }
    if (!room.empty()) {
      tails.found(room);
      if (telling) {
        listener.room(room.name(), room.snapshot(), room.deltas());
      }
    }
  }

  @Override
  public void record(String key, byte[] value) {
    if (telling) {
      listener.record(key, value);
    }
  }

  @Override
  public void lost(String what, String why) {
    setAside++;
    counters.countSetAside();
    listener.setAside(what, why);
  }
}
