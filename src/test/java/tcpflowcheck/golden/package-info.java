/**
 * Captures and command lines run through the whole program, and what they print beside what they printed before. Texts
 * that are made are compared by {@link tcpflowcheck.golden.Golden}, which writes them anew with {@code
 * -Dgolden.update}.
 */
package tcpflowcheck.golden;
