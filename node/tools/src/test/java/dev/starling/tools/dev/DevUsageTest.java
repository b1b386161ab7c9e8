package dev.starling.tools.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class DevUsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--regions=4|--regions takes 1 to 3",
        "--regions=none|--regions",
        "--nodes=9|--nodes takes 1 to 8",
        "--nodes=0|--nodes takes 1 to 8",
        "--base-port=0|--base-port takes 1 to 65235",
        "--base-port=65236|--base-port takes 1 to 65235",
        "--tls=maybe|--tls",
        "--host=0.0.0.0 --tls=on|not all of them",
        "--host=192.0.2.1|--host needs --tls on",
        "--host=not..a..host|has no address",
      })
  void wrongUsageIsNamed(String arguments, String complaint) {
    StringWriter err = new StringWriter();
    int status =
        new CommandLine(new DevCommand(Map.of()))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setErr(new PrintWriter(err))
            .execute(arguments.split(" ", -1));
    assertEquals(2, status);
    assertTrue(err.toString().contains(complaint), err::toString);
  }
}
