package dev.starling.proto.replication.flock;

import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import dev.starling.proto.replication.flock.Storm.Twist;

final class StormTest {
  @Property(tries = 40)
  void whatIsAcknowledgedSurvivesAStormAndNobodyIsToldAnythingUntrue(Choices choices) {
    Histories.check(
        choices,
        60,
        Twist::draw,
        (history, others) -> {
          Storm storm = new Storm(others);
          history.forEach(storm::happen);
          storm.calm();
          storm.check();
        });
  }
}
