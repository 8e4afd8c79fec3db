/**
 * The manual, made of the options as picocli knows them, the schemas and the rules: a man page, completions for three
 * shells, and the references of the site. It knows nothing of the program's runs. Lent: nothing. Given: whole texts.
 */
@NullMarked
package tcpflowcheck.cli.manual;

import org.jspecify.annotations.NullMarked;
