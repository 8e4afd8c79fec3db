package tcpflowcheck.arch;

import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types that the public and protected part of a class names. */
final class Signatures {
    private static final Pattern TYPE_NAME = Pattern.compile("[a-z]\\w*(?:\\.\\w+)+");

    private Signatures() {}

    /** {@code Flow.origin: tcpflowcheck.tcp.Side}, for each that is neither Java's nor JUnit's nor of the package. */
    static List<String> foreign(Class<?> type, String itself) {
        List<String> foreign = new ArrayList<>();
        add(foreign, itself, type.getSimpleName(), type.getGenericSuperclass());
        for (Type each : type.getGenericInterfaces()) {
            add(foreign, itself, type.getSimpleName(), each);
        }
        for (Annotation each : type.getAnnotations()) {
            add(foreign, itself, type.getSimpleName(), each.annotationType());
        }
        for (Field field : type.getDeclaredFields()) {
            if (isSeen(field.getModifiers())) {
                add(foreign, itself, type.getSimpleName() + "." + field.getName(), field.getGenericType());
            }
        }
        List<Executable> executables = new ArrayList<>(Arrays.asList(type.getDeclaredMethods()));
        executables.addAll(Arrays.asList(type.getDeclaredConstructors()));
        for (Executable each : executables) {
            if (isSeen(each.getModifiers()) && !each.isSynthetic()) {
                executable(foreign, itself, type.getSimpleName() + "." + each.getName(), each);
            }
        }
        return foreign;
    }

    private static void executable(List<String> foreign, String itself, String where, Executable executable) {
        for (Type each : executable.getGenericParameterTypes()) {
            add(foreign, itself, where, each);
        }
        for (Type each : executable.getGenericExceptionTypes()) {
            add(foreign, itself, where, each);
        }
        if (executable instanceof Method method) {
            add(foreign, itself, where, method.getGenericReturnType());
        }
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void add(List<String> foreign, String itself, String where, Type type) {
        if (type == null) {
            return;
        }
        String written = type instanceof ParameterizedType || !(type instanceof Class<?> plain)
                ? type.getTypeName()
                : plain.getCanonicalName();
        Matcher names = TYPE_NAME.matcher(written);
        while (names.find()) {
            String name = names.group();
            if (!name.startsWith("java.")
                    && !name.startsWith("org.junit.jupiter.api.")
                    && !name.startsWith(itself + ".")) {
                foreign.add(where + ": " + name);
            }
        }
    }
}
