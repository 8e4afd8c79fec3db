package tcpflowcheck.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of {@code --color}. */
enum ColorChoice {
    AUTO,
    ALWAYS,
    NEVER;

    /** Whether to colour. The environment's order: no-color.org, then force-color.org, then bixense.com/clicolors. */
    boolean colors(Map<String, String> env, boolean terminal) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> {
                if (!env.getOrDefault("NO_COLOR", "").isEmpty()) {
                    yield false;
                }
                if (on(env.get("FORCE_COLOR")) || on(env.get("CLICOLOR_FORCE"))) {
                    yield true;
                }
                yield terminal && !"0".equals(env.get("CLICOLOR")) && !"dumb".equals(env.get("TERM"));
            }
        };
    }

    private static boolean on(@Nullable String value) {
        return value != null && !value.isEmpty() && !value.equals("0");
    }

    static final class Word extends Words<ColorChoice> {
        Word() {
            super(ColorChoice.class);
        }
    }
}
