/**
 * The analysis of many captures on many machines, on Spark. Map: the frames of each file are dealt to buckets by their
 * flow. Reduce: each bucket tracks its flows, in the order that one machine would read all frames in. Lent: the record at
 * hand of {@code MergedBlocks}. Given: what goes from task to task, {@code Place}, {@code Account}, {@code Told} and the like.
 */
package tcpflowcheck.cluster;
