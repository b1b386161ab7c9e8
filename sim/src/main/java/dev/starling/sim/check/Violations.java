package dev.starling.sim.check;

import dev.starling.sim.node.World;
import java.util.ArrayList;
import java.util.List;

/** What was found wrong in one run, in order; later ones of very many are left out. */
public final class Violations {
  private static final int MOST = 20;

  private final World world;
  private final List<Violation> found = new ArrayList<>();

  public Violations(World world) {
    this.world = world;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public List<Violation> all() {
    return List.copyOf(found);
  }

  /**
   * Notes one.
   *
   * @param invariant what should have held
   * @param detail what was instead
   */
  public void add(String invariant, String detail) {
    if (found.size() < MOST) {
      found.add(new Violation(invariant, world.events().now(), detail));
    }
  }
}
