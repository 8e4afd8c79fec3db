/**
 * Where frames come from: pcap and pcapng files, compressed or not, pipes and interfaces, filtered and merged, and
 * files of frames that are written. It knows octets, times, link types and libpcap, and nothing of what is in a frame:
 * who has to read a header belongs in {@code wire}. Lent: a {@link tcpflowcheck.capture.Frame}, until the next call of
 * {@link tcpflowcheck.capture.FrameSource#next}. Given: what was written beside the frames, names and comments, as
 * {@link tcpflowcheck.capture.ForeignText}.
 */
@NullMarked
package tcpflowcheck.capture;

import org.jspecify.annotations.NullMarked;
