package dev.starling.property;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test method that must hold for whatever it draws from its {@link Choices} parameter. It runs
 * {@link #tries()} times on one instance of its class, so that a try keeps its state in local
 * variables.
 *
 * <p>The seeds follow from the method's name: a build is the same each time. {@code
 * -Dstarling.seed=random} looks elsewhere, {@code -Dstarling.tries=N} looks longer, and {@code
 * -Dstarling.seed=S} replays the try that printed {@code S}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(PropertyExtension.class)
public @interface Property {
  /** How many seeds are tried, 1 or more. */
  int tries() default 100;

  /** Seeds that failed once and are tried first, in every build. */
  long[] seeds() default {};
}
