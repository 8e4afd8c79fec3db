package tcpflowcheck.cli.manual;

import java.util.List;
import tcpflowcheck.golden.Run;
import tcpflowcheck.tcp.StateDiagram;

/** What {@code --states} prints. */
final class StateReference {
    private StateReference() {}

    static String page() {
        Markdown page = new Markdown(
                "States",
                "--states",
                "The states of RFC 9293 (section 3.3.2, Figure 5), and each transition that is followed, with the section that rules"
                        + " it. `tcpflow-check --states` prints this.");
        String text = Run.of("--states", "--lang", "en").out();
        String[] parts = text.split("\n\n", 3);
        page.block(parts[0].lines().toList());
        page.paragraph(Markdown.prose(parts[1].replace('\n', ' ')));
        List<String> lines = parts[2].lines().toList();
        page.columns(lines.get(0).strip().split(" {2,}"));
        for (StateDiagram.Arrow arrow : StateDiagram.rows()) {
            page.row(
                    arrow.from().toString(),
                    arrow.event().toString(),
                    arrow.action(),
                    arrow.to().toString(),
                    arrow.section());
        }
        return page.toString();
    }
}
