package dev.starling.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CodeTest {
  private static final List<Code> ALL = List.of(Code.values());

  @Test
  void everyCodeHasACloseCodeOfItsOwn() {
    assertEquals(ALL.size(), ALL.stream().map(Code::closeCode).distinct().count());
  }

  @Test
  void closeCodesAreOnesThatAServerMaySend() {
    Set<Integer> registered = Set.of(1003, 1007, 1009, 1011, 1012, 1013);
    for (Code code : ALL) {
      int number = code.closeCode();
      assertTrue(registered.contains(number) || number / 1000 == 4, code.name());
    }
  }

  @Test
  void onlyIndeterminateKeepsItsId() {
    assertEquals(
        EnumSet.of(Code.INDETERMINATE),
        EnumSet.copyOf(ALL.stream().filter(Code::retryKeepsId).toList()));
    assertTrue(Code.INDETERMINATE.retry());
  }

  @Test
  void refusedRequestChangedNothingUnlessItsCodeSaysSo() {
    assertEquals(
        EnumSet.of(Code.INDETERMINATE, Code.INTERNAL),
        EnumSet.copyOf(ALL.stream().filter(Code::mayHaveChangedState).toList()));
  }

  @Test
  void displacedClientDoesNotComeBack() {
    assertTrue(Code.REPLACED.closes());
    assertFalse(Code.REPLACED.retry());
  }
}
