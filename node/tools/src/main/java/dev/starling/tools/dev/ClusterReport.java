package dev.starling.tools.dev;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which nodes run, for people or for programs. */
final class ClusterReport {
  private static final int GAP = 2;

  private ClusterReport() {}

  /** One JSON object on one line; its members are a contract with programs that start clusters. */
  static String json(List<NodeProcess> nodes, String secret) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (NodeProcess node : nodes) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", node.plan().name());
      one.put("region", node.plan().region());
      one.put("pid", node.pid());
      one.put("client", node.plan().url().toString());
      one.put("admin", null);
      one.put("metrics", null);
      list.add(one);
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("nodes", list);
    report.put("tokenSecret", secret);
    return JSONObjectUtils.toJSONString(report);
  }

  /** A table with a line a node. */
  static String table(List<NodeProcess> nodes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "REGION", "PID", "CLIENTS", "LOG"));
    for (NodeProcess node : nodes) {
      NodePlan plan = node.plan();
      rows.add(
          List.of(
              plan.name(),
              plan.region(),
              Long.toString(node.pid()),
              plan.url().toString(),
              plan.log().toString()));
    }
    return aligned(rows);
  }

  private static String aligned(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        boolean last = column == row.size() - 1;
        text.append(cell).repeat(' ', last ? 0 : width(rows, column) + GAP - cell.length());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
