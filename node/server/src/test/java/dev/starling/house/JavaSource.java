package dev.starling.house;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * One Java file as javac parses it.
 *
 * @param types simple names of the types declared in it, nested ones too
 * @param methods its methods and constructors with a body
 * @param packageAnnotations simple names of the annotations on its package declaration
 * @param packageComment whether its package declaration has a documentation comment
 */
record JavaSource(
    Path file,
    List<String> types,
    List<Method> methods,
    List<String> packageAnnotations,
    boolean packageComment) {

  /** A method from its annotations to its closing brace, comment above it not counted. */
  record Method(String name, long lines) {}

  static List<JavaSource> parse(List<Path> files) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              javac.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      DocTrees trees = DocTrees.instance(task);
      List<JavaSource> sources = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        sources.add(read(unit, trees));
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaSource read(CompilationUnitTree unit, DocTrees trees) {
    Scanner scanner = new Scanner(unit, trees);
    scanner.scan(unit, null);
    List<String> annotations =
        unit.getPackageAnnotations().stream()
            .map(annotation -> annotation.getAnnotationType().toString())
            .toList();
    DocCommentTree comment =
        trees.getDocCommentTree(new TreePath(new TreePath(unit), unit.getPackage()));
    return new JavaSource(
        Path.of(unit.getSourceFile().toUri()),
        scanner.types,
        scanner.methods,
        annotations,
        comment != null);
  }

  private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final DocTrees trees;
    private final List<String> types = new ArrayList<>();
    private final List<Method> methods = new ArrayList<>();

    Scanner(CompilationUnitTree unit, DocTrees trees) {
      this.unit = unit;
      this.trees = trees;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (!type.getSimpleName().isEmpty()) {
        types.add(type.getSimpleName().toString());
      }
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      if (method.getBody() != null) {
        methods.add(new Method(method.getName().toString(), lines(method)));
      }
      return super.visitMethod(method, null);
    }

    private long lines(Tree tree) {
      LineMap map = unit.getLineMap();
      long start = trees.getSourcePositions().getStartPosition(unit, tree);
      long end = trees.getSourcePositions().getEndPosition(unit, tree);
      return map.getLineNumber(end) - map.getLineNumber(start) + 1;
    }
  }
}
