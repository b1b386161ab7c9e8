package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.B;
import static dev.starling.crdt.Samples.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.property.Choices;
import dev.starling.property.Property;
import org.junit.jupiter.api.Test;

final class RegisterTest {
  @Test
  void laterValueStays() {
    Register<String> early = new Register<>(new Stamp(at(1), B), "early");
    Register<String> late = new Register<>(new Stamp(at(2), A), "late");
    assertEquals(late, early.merge(late));
    assertEquals(late, late.merge(early));
  }

  @Test
  void sameTimeIsDecidedByReplica() {
    Register<String> ofA = new Register<>(new Stamp(at(1), A), "a");
    Register<String> ofB = new Register<>(new Stamp(at(1), B), "b");
    assertEquals(ofB, ofA.merge(ofB));
    assertEquals(ofB, ofB.merge(ofA));
  }

  @Property
  void joinIsCommutativeAssociativeAndIdempotent(Choices choices) {
    Register<String> x = register(choices);
    Register<String> y = register(choices);
    Register<String> z = register(choices);
    assertEquals(x.merge(y), y.merge(x));
    assertEquals(x.merge(y).merge(z), x.merge(y.merge(z)));
    assertEquals(x, x.merge(x));
  }

  /** As writers do it: a stamp stands for one value. */
  private static Register<String> register(Choices choices) {
    Stamp stamp = new Stamp(at(choices.between(1, 3)), choices.oneOf(Samples.REPLICAS));
    return new Register<>(stamp, stamp.toString());
  }
}
