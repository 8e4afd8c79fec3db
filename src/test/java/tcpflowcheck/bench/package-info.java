/**
 * Speed and memory: captures that are made for it, JMH from floor to floor in the profile {@code bench}, and whole
 * runs beside other tools by src/test/bench/run.
 */
package tcpflowcheck.bench;
