package dev.starling.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.config.SettingsResult.Accepted;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SettingTableTest {

  @Test
  void namesAndVariablesAreUnique() {
    List<String> names = SettingTable.ALL.stream().map(Setting::name).toList();
    List<String> variables = SettingTable.ALL.stream().map(Setting::environmentName).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
    assertEquals(variables.size(), new HashSet<>(variables).size());
  }

  @Test
  void variableIsTheNameWithItsWordsApart() {
    assertEquals("STARLING_CLIENT_PUBLIC_URL", SettingTable.CLIENT_PUBLIC_URL.environmentName());
    assertEquals(
        "STARLING_LIMITS_CONNECTIONS_PER_SECOND_PER_ADDRESS",
        LimitTable.CONNECTIONS_PER_SECOND_PER_ADDRESS.environmentName());
  }

  @Test
  void everySettingIsAComponentOfTheSameNameAndNothingElseIs() {
    TreeSet<String> components = new TreeSet<>();
    for (RecordComponent group : NodeSettings.class.getRecordComponents()) {
      for (RecordComponent one : group.getType().getRecordComponents()) {
        components.add(group.getName() + "." + one.getName().replaceAll("Millis$", "Ms"));
      }
    }
    List<String> names = SettingTable.ALL.stream().map(Setting::name).toList();
    assertEquals(new TreeSet<>(names), components);
  }

  /** Each number gets a value of its own, so that two that were swapped on the way show. */
  @Test
  void everyNumberArrivesAtTheComponentOfItsName() throws ReflectiveOperationException {
    TreeMap<String, Integer> expected = new TreeMap<>();
    List<String> assignments = new ArrayList<>();
    int offset = 0;
    for (Setting<?> setting : SettingTable.ALL) {
      if (setting.fallback() instanceof Integer number) {
        int value;
        do {
          offset++;
          boolean lower = setting.kind().parse(Integer.toString(number - offset)).isPresent();
          value = lower ? number - offset : number + offset;
        } while (expected.containsValue(value));
        expected.put(setting.name(), value);
        assignments.add(setting.name() + "=" + expected.get(setting.name()));
      }
    }
    assertEquals(expected.size(), new HashSet<>(expected.values()).size());
    SettingsResult result =
        SettingsReader.read(new SettingSources(null, Map.of(), assignments, "host"));
    NodeSettings settings = assertInstanceOf(Accepted.class, result, result::toString).settings();
    assertEquals(expected, numbers(settings));
  }

  @Test
  void everySettingSaysWhatItIs() {
    for (Setting<?> setting : SettingTable.ALL) {
      assertTrue(setting.meaning().endsWith("."), setting.name());
      assertTrue(setting.meaning().length() < 200, setting.name());
    }
  }

  private static TreeMap<String, Integer> numbers(NodeSettings settings)
      throws ReflectiveOperationException {
    TreeMap<String, Integer> numbers = new TreeMap<>();
    for (RecordComponent group : NodeSettings.class.getRecordComponents()) {
      Object record = group.getAccessor().invoke(settings);
      for (RecordComponent one : group.getType().getRecordComponents()) {
        if (record != null && one.getAccessor().invoke(record) instanceof Integer number) {
          numbers.put(group.getName() + "." + one.getName().replaceAll("Millis$", "Ms"), number);
        }
      }
    }
    return numbers;
  }
}
