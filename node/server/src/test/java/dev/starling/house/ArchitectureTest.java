package dev.starling.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The arrows between modules, and between the adapters of the server. */
final class ArchitectureTest {
  private static final String SERVER = "dev.starling.server.";

  /**
   * A module, where its classes are, and what they may use beside their own packages and the JDK.
   */
  record Module(String folder, List<Module> uses, List<String> libraries) {
    private String packages() {
      return "dev.starling." + folder.substring(folder.indexOf('/') + 1) + "..";
    }

    private Path classes() {
      return SourceTree.ofThisBuild().root().resolve(folder).resolve("target/classes");
    }

    private JavaClasses imported() {
      return new ClassFileImporter()
          .importPaths(Stream.of(classes()).filter(Files::exists).toList());
    }

    private String[] allowed() {
      return Stream.of(
              Stream.of("java..", "javax..", "org.jspecify..", packages()),
              uses.stream().map(Module::packages),
              libraries.stream())
          .flatMap(names -> names)
          .toArray(String[]::new);
    }
  }

  private static final Module CRDT = new Module("crdt", List.of(), List.of());
  private static final Module MEMBERSHIP = new Module("membership", List.of(), List.of());
  private static final Module CORE = new Module("node/core", List.of(CRDT, MEMBERSHIP), List.of());
  private static final Module PROTO =
      new Module(
          "proto", List.of(CRDT, MEMBERSHIP, CORE), List.of("com.google.protobuf..", "io.grpc.."));
  private static final Module TOOLS =
      new Module(
          "node/tools",
          List.of(PROTO),
          List.of(
              "com.google.protobuf..",
              "picocli..",
              "com.nimbusds..",
              "io.nayuki..",
              "io.netty..",
              "io.grpc..",
              "com.google.rpc..",
              "com.fasterxml.jackson..",
              "org.HdrHistogram..",
              "me.tongfei.progressbar.."));
  private static final Module SIM =
      new Module("sim", List.of(CRDT, MEMBERSHIP, PROTO, CORE), List.of("picocli.."));
  private static final Module PROCESS =
      new Module(
          "node/server",
          List.of(CRDT, MEMBERSHIP, PROTO, CORE),
          List.of(
              "io.netty..",
              "io.grpc..",
              "io.atomix..",
              "com.google.protobuf..",
              "com.google.rpc..",
              "com.nimbusds..",
              "com.github.benmanes.caffeine..",
              "com.fasterxml.jackson..",
              "com.typesafe.config..",
              "org.rocksdb..",
              "picocli..",
              "org.slf4j..",
              "ch.qos.logback.."));

  static final List<Module> CORES = List.of(CRDT, MEMBERSHIP, CORE);
  static final List<Module> MODULES = List.of(CRDT, MEMBERSHIP, CORE, PROTO, TOOLS, PROCESS, SIM);

  /** A library that some packages of the server hide from the others. */
  record Hidden(String packages, List<String> adapters) {
    private String[] behind() {
      return adapters.stream().map(adapter -> SERVER + adapter + "..").toArray(String[]::new);
    }
  }

  static final List<Hidden> HIDDEN =
      List.of(
          new Hidden("io.grpc..", List.of("ring", "admin")),
          new Hidden("com.google.rpc..", List.of("admin")),
          new Hidden("io.atomix..", List.of("ring.atomix")),
          new Hidden("org.rocksdb..", List.of("store")),
          new Hidden("com.typesafe.config..", List.of("config")),
          new Hidden("com.nimbusds..", List.of("auth")),
          new Hidden("com.github.benmanes.caffeine..", List.of("auth", "host")),
          new Hidden("com.fasterxml.jackson..", List.of("edge.api")),
          new Hidden("ch.qos.logback..", List.of("log")),
          new Hidden("picocli..", List.of("wiring")));

  @ParameterizedTest
  @FieldSource("MODULES")
  void moduleUsesOnlyWhatItMay(Module module) {
    classes()
        .that()
        .resideInAPackage(module.packages())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(module.allowed())
        .allowEmptyShould(true)
        .check(module.imported());
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void moduleKeepsToItsOwnPackages(Module module) {
    classes()
        .should()
        .resideInAPackage(module.packages())
        .allowEmptyShould(true)
        .check(module.imported());
  }

  /**
   * The state of a core is in its object: two of them in one process know nothing of each other.
   */
  @ParameterizedTest
  @FieldSource("CORES")
  void coresKeepNoStaticState(Module core) {
    fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(core.imported());
  }

  @Test
  void theArrowsAreHeldOverRealClasses() {
    assertTrue(CRDT.imported().contain("dev.starling.crdt.Dot"));
    assertTrue(PROCESS.imported().size() > 0);
  }

  /** Each knows the host beside itself; only the wiring knows them all. */
  @Test
  void adaptersOfTheServerDoNotKnowEachOther() {
    JavaClasses server = PROCESS.imported();
    for (String part : parts(server)) {
      noClasses()
          .that()
          .resideInAPackage(SERVER + part + "..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(SERVER + "*..")
                  .and(resideOutsideOfPackages(SERVER + part + "..", SERVER + "host..")))
          .check(server);
    }
  }

  @ParameterizedTest
  @FieldSource("HIDDEN")
  void libraryStaysBehindItsAdapter(Hidden hidden) {
    noClasses()
        .that()
        .resideOutsideOfPackages(hidden.behind())
        .should()
        .dependOnClassesThat()
        .resideInAPackage(hidden.packages)
        .allowEmptyShould(true)
        .check(PROCESS.imported());
  }

  /** The packages right below the server's, but for the wiring. */
  private static Set<String> parts(JavaClasses server) {
    return server.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(SERVER))
        .map(name -> name.substring(SERVER.length()).split("\\.", 2)[0])
        .filter(part -> !part.equals("wiring"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
