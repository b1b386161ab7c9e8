package dev.starling.core.session;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/** How many elements all collections hold that an object of this project reaches. */
final class Footprint {
  private final IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();
  private int elements;

  private Footprint() {}

  static int of(Object root) {
    Footprint footprint = new Footprint();
    footprint.visit(root);
    return footprint.elements;
  }

  private void visit(Object object) {
    if (seen.put(object, true) != null) {
      return;
    }
    switch (object) {
      case Collection<?> collection -> {
        elements += collection.size();
        collection.forEach(this::visit);
      }
      case Map<?, ?> map -> {
        elements += map.size();
        map.values().forEach(this::visit);
      }
      case Object[] array -> {
        for (Object element : array) {
          if (element != null) {
            elements++;
            visit(element);
          }
        }
      }
      default -> {
        if (object.getClass().getName().startsWith("dev.starling.core.session.")
            && !object.getClass().isEnum()) {
          fields(object);
        }
      }
    }
  }

  private void fields(Object object) {
    for (Field field : object.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        field.setAccessible(true);
        try {
          Object value = field.get(object);
          if (value != null) {
            visit(value);
          }
        } catch (IllegalAccessException impossible) {
          throw new AssertionError(impossible);
        }
      }
    }
  }
}
