package dev.starling.sim;

import dev.starling.sim.rooms.RoomStormScenario;
import dev.starling.sim.scenario.Scenario;
import dev.starling.sim.storm.StormScenario;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The scenarios that there are, by name. */
final class Scenarios implements ITypeConverter<Scenario> {
  static List<Scenario> all() {
    return List.of(new StormScenario(), new RoomStormScenario());
  }

  @Override
  public Scenario convert(String name) {
    return all().stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "no scenario of that name; there are "
                    + String.join(", ", all().stream().map(Scenario::name).toList())));
  }
}
