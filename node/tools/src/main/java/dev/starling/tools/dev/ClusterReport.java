package dev.starling.tools.dev;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.starling.tools.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which nodes run, for people or for programs. */
final class ClusterReport {
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
      one.put("admin", node.plan().admin());
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
    Table table = new Table(List.of("NAME", "REGION", "PID", "CLIENTS", "ADMIN", "LOG"));
    for (NodeProcess node : nodes) {
      NodePlan plan = node.plan();
      table.add(
          List.of(
              plan.name(),
              plan.region(),
              Long.toString(node.pid()),
              plan.url().toString(),
              plan.admin(),
              plan.log().toString()));
    }
    return table.text();
  }
}
