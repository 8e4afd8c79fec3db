/**
 * What holds of the code as a whole: who may use whom, what each package says of itself, and that the pages about the
 * code name what there is.
 */
package tcpflowcheck.arch;
