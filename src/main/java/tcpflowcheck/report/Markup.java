package tcpflowcheck.report;

import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.SafeText;

/** Text that is put into XML or HTML. */
final class Markup {
    private Markup() {}

    static String of(ForeignText unsafe) {
        return of(unsafe.raw());
    }

    /** Safe to be an element's text or an attribute's value in quotes. */
    static String of(String unsafe) {
        String text = SafeText.of(unsafe);
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(each);
            }
        }
        return safe.toString();
    }
}
