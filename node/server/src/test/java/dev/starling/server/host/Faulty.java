package dev.starling.server.host;

import java.util.AbstractList;

/** Two things of which only the first can be had. */
final class Faulty<T> extends AbstractList<T> {
  private final T first;

  Faulty(T first) {
    this.first = first;
  }

  @Override
  public T get(int index) {
    if (index > 0) {
      throw new IllegalStateException("a fault that a test has put here");
    }
    return first;
  }

  @Override
  public int size() {
    return 2;
  }
}
