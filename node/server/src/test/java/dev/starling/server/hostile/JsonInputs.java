package dev.starling.server.hostile;

import static dev.starling.server.hostile.Attack.inside;
import static dev.starling.server.hostile.Attack.json;
import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;
import static dev.starling.server.hostile.Outcome.stays;

import dev.starling.core.protocol.Code;
import java.util.List;
import java.util.stream.Stream;

/** JSON (RFC 8259): its shape, its depth and what stands in its fields. */
final class JsonInputs {
  private static final List<HostileInput> TEXTS =
      List.of(
          row("nothing", json(""), closes(Code.MALFORMED)),
          row("an array", json("[]"), closes(Code.MALFORMED)),
          row("two objects", json("{'type':'ping'}{'type':'ping'}"), closes(Code.MALFORMED)),
          row("a bracket behind the object", json("{'type':'ping'}}"), closes(Code.MALFORMED)),
          row("a comma behind the last member", json("{'type':'ping',}"), closes(Code.MALFORMED)),
          row("a comment", json("{'type':'ping'/* */}"), closes(Code.MALFORMED)),
          row("a name without quotes", json("{type:'ping'}"), closes(Code.MALFORMED)),
          row("a byte order mark", json("\ufeff{'type':'ping'}"), closes(Code.MALFORMED)),
          row("NUL behind the object", json("{'type':'ping'}\0"), closes(Code.MALFORMED)),
          row("a line break in a string", json("{'type':'ping','x':'\n'}"), closes(Code.MALFORMED)),
          row("\\x41 in a string", json("{'type':'ping','x':'\\x41'}"), closes(Code.MALFORMED)),
          row("NaN", json("{'type':'ping','x':NaN}"), closes(Code.MALFORMED)),
          row("Infinity", json("{'type':'ping','x':-Infinity}"), closes(Code.MALFORMED)),
          row("a leading zero", json("{'type':'ping','x':01}"), closes(Code.MALFORMED)),
          row("a hexadecimal number", json("{'type':'ping','x':0x1}"), closes(Code.MALFORMED)),
          row("9 levels where 8 are allowed", json(nested(8)), closes(Code.MALFORMED)),
          row("8 levels", json(nested(7)), stays("pong")),
          row("16,000 open brackets", json("[".repeat(16_000)), closes(Code.MALFORMED)),
          row("16,000 open objects", json("{'a':".repeat(3_000)), closes(Code.MALFORMED)));

  private static final List<HostileInput> FIELDS =
      List.of(
          row("no type", json("{}"), stays(Code.INVALID)),
          row("a type that is a number", json("{'type':1}"), stays(Code.INVALID)),
          row("a type nobody knows", json("{'type':'root'}"), stays(Code.UNSUPPORTED)),
          row("a type in capitals", json("{'type':'PING'}"), stays(Code.UNSUPPORTED)),
          row("two types", json("{'type':'ping','type':'join'}"), stays(Code.INVALID)),
          row(
              "two types, one of them escaped",
              json("{'type':'ping','\\u0074ype':'join'}"),
              stays(Code.INVALID)),
          row("two unknown fields of one name", json("{'type':'ping','x':1,'x':2}"), stays("pong")),
          row("__proto__", json("{'type':'ping','__proto__':{'type':'x'}}"), stays("pong")),
          row("1e999", json("{'type':'ping','x':1e999}"), stays("pong")),
          row(
              "a number of 10,000 digits",
              json("{'type':'ping','x':" + "9".repeat(10_000) + "}"),
              stays("pong")),
          row(
              "a room that is a number",
              json("{'type':'join','id':1,'room':7}"),
              stays(Code.INVALID)),
          row("an empty room", json("{'type':'join','id':1,'room':''}"), stays(Code.INVALID)),
          row(
              "a line break in a room",
              json("{'type':'join','id':1,'room':'\\n'}"),
              stays(Code.INVALID)),
          row(
              "half a surrogate pair in a room",
              json("{'type':'join','id':1,'room':'\\ud800'}"),
              stays(Code.INVALID)),
          row(
              "a profile that is an array",
              json("{'type':'join','id':1,'room':'r','profile':[]}"),
              stays(Code.INVALID)),
          row(
              "settings that are text",
              inside("{'type':'settings','id':2,'room':'r','settings':''}"),
              stays(Code.INVALID)),
          row("no data", inside("{'type':'chat','id':2,'room':'r'}"), stays(Code.INVALID)),
          row(
              "data of half a surrogate pair",
              inside("{'type':'chat','id':2,'room':'r','data':'\\ud800'}"),
              stays("done")),
          row(
              "data of 1e999",
              inside("{'type':'chat','id':2,'room':'r','data':1e999}"),
              stays("done")));

  static final List<HostileInput> ROWS = Stream.of(TEXTS, FIELDS).flatMap(List::stream).toList();

  private JsonInputs() {}

  private static String nested(int arrays) {
    return "{'type':'ping','x':" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
  }
}
