package dev.starling.tools.ctl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.starling.tools.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What a node told: for programs data, for people tables.
 *
 * @param data texts, numbers, booleans, and lists and maps of them; absent where unknown
 * @param tables printed one below the other
 */
record Listing(Object data, List<Table> tables) {
  private static final Separators SPACED =
      Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER);

  /** A list of things, each a row. */
  Listing(List<Map<String, Object>> objects, Table table) {
    this(objects, List.of(table));
  }

  void print(Output form, PrintWriter out) {
    switch (form) {
      case TABLE ->
          out.print(
              tables.stream()
                  .map(table -> table.text(Listing::coloured))
                  .collect(Collectors.joining("\n")));
      case JSON -> out.println(written(new JsonFactory(), new DefaultPrettyPrinter(SPACED)));
      case YAML ->
          out.print(
              written(
                  YAMLFactory.builder()
                      .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                      .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                      .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                      .build(),
                  null));
    }
    out.flush();
  }

  /** Colours, where a terminal shows them. */
  private static String coloured(String cell) {
    String style =
        switch (cell) {
          case "ALIVE" -> "green";
          case "SUSPECT", "QUARANTINED" -> "yellow";
          case "DEAD" -> "red";
          case "LEFT" -> "faint";
          case "no" -> "red";
          default -> "";
        };
    return style.isEmpty() || !Ansi.AUTO.enabled()
        ? cell
        : Ansi.ON.string("@|" + style + " " + cell + "|@");
  }

  private String written(JsonFactory factory, @Nullable PrettyPrinter pretty) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      if (pretty != null) {
        generator.setPrettyPrinter(pretty);
      }
      write(generator, data);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    switch (value) {
      case List<?> list -> {
        generator.writeStartArray();
        for (Object element : list) {
          write(generator, element);
        }
        generator.writeEndArray();
      }
      case Map<?, ?> map -> {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          generator.writeFieldName(entry.getKey().toString());
          write(generator, entry.getValue());
        }
        generator.writeEndObject();
      }
      case Boolean flag -> generator.writeBoolean(flag);
      case Double number -> generator.writeNumber(number);
      case Number number -> generator.writeNumber(number.longValue());
      default -> generator.writeString(value.toString());
    }
  }
}
