/**
 * Whatever a network or a file may bring: cut, changed, random, hostile and in floods, held against what must hold of
 * any capture. {@link tcpflowcheck.fuzz.FuzzTests} looks for more with Jazzer, in the profile {@code fuzz}.
 */
package tcpflowcheck.fuzz;
