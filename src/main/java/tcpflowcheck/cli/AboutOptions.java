package tcpflowcheck.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Questions that need no capture. */
final class AboutOptions {
    @Option(names = "--rules", description = "list everything that can be found wrong")
    private boolean rules;

    @Option(
            names = "--explain",
            paramLabel = "RULE",
            completionCandidates = RuleWords.Explained.class,
            description = "what a rule means and what causes it; also doubt (what ? means) and cut")
    private @Nullable String explain;

    @Option(names = "--states", description = "print RFC 9293's Figure 5 as it is followed here")
    private boolean states;

    @Option(
            names = "--schema",
            paramLabel = "KIND",
            converter = SchemaKind.Word.class,
            description = "print a JSON Schema: flow, summary or expect")
    private @Nullable SchemaKind schema;

    /** What has a schema. */
    enum SchemaKind {
        FLOW,
        SUMMARY,
        EXPECT;

        static final class Word extends Words<SchemaKind> {
            Word() {
                super(SchemaKind.class);
            }
        }
    }

    @Option(names = "--man", description = "print the manual page: tcpflow-check --man | man -l -")
    private boolean man;

    @Option(
            names = "--completion",
            paramLabel = "SHELL",
            converter = Manual.Shell.Word.class,
            description = "print completions for bash, zsh or fish")
    private Manual.@Nullable Shell completion;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "print the versions of this program and of Java")
    private boolean version;

    boolean rules() {
        return rules;
    }

    /** A rule's slug or another word, or null. */
    @Nullable
    String explain() {
        return explain;
    }

    boolean states() {
        return states;
    }

    /** Null if none is to be printed. */
    @Nullable
    SchemaKind schema() {
        return schema;
    }

    boolean man() {
        return man;
    }

    /** Null if none are to be printed. */
    Manual.@Nullable Shell completion() {
        return completion;
    }

    boolean help() {
        return help;
    }

    boolean version() {
        return version;
    }

    /** Whether any was asked, so that no capture is needed. */
    boolean asked() {
        return rules || man || completion != null || schema != null || explain != null || states || help || version;
    }
}
