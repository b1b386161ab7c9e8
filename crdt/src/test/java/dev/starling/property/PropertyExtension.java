package dev.starling.property;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Runs the body of a {@link Property} once for each of its seeds, and stops at the first that
 * fails.
 */
final class PropertyExtension implements InvocationInterceptor, ParameterResolver {
  private static final String SEED = "starling.seed";
  private static final String TRIES = "starling.tries";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Choices.class;
  }

  /** A place holder: every try is given choices of its own. */
  @Override
  public Choices resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return new Choices(0);
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context) {
    invocation.skip();
    Property property =
        AnnotationSupport.findAnnotation(method.getExecutable(), Property.class).orElseThrow();
    List<Long> seeds = seeds(property, method, context);
    for (int i = 0; i < seeds.size(); i++) {
      attempt(method, seeds.get(i), i + 1, seeds.size());
    }
  }

  private static void attempt(
      ReflectiveInvocationContext<Method> method, long seed, int attempt, int attempts) {
    Object[] arguments =
        method.getArguments().stream()
            .map(argument -> argument instanceof Choices ? new Choices(seed) : argument)
            .toArray();
    try {
      ReflectionSupport.invokeMethod(
          method.getExecutable(), method.getTarget().orElse(null), arguments);
    } catch (Throwable failure) {
      throw new AssertionError(report(method, seed, attempt, attempts, failure), failure);
    }
  }

  private static List<Long> seeds(
      Property property, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
    String wanted = context.getConfigurationParameter(SEED).orElse("");
    if (!wanted.isEmpty() && !wanted.equals("random")) {
      return List.of(Long.parseLong(wanted));
    }
    List<Long> seeds = new ArrayList<>();
    for (long seed : property.seeds()) {
      seeds.add(seed);
    }
    Choices source =
        new Choices(
            wanted.isEmpty() ? name(method).hashCode() : ThreadLocalRandom.current().nextLong());
    int tries = context.getConfigurationParameter(TRIES, Integer::valueOf).orElse(property.tries());
    for (int left = tries; left > 0; left--) {
      seeds.add(source.nextLong());
    }
    return seeds;
  }

  private static String report(
      ReflectiveInvocationContext<Method> method,
      long seed,
      int attempt,
      int attempts,
      Throwable failure) {
    return ("try " + attempt + " of " + attempts + " failed: " + failure)
        + ("\nreplay: -Dtest=" + name(method) + " -D" + SEED + "=" + seed);
  }

  private static String name(ReflectiveInvocationContext<Method> method) {
    return method.getTargetClass().getName() + "#" + method.getExecutable().getName();
  }
}
