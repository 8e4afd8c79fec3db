/**
 * Where frames come from: pcap and pcapng files, compressed or not, pipes and interfaces, filtered and merged, and files of
 * frames that are written. It knows octets, times, link types and libpcap, and nothing of what is in a frame: who has to read
 * a header belongs in {@code wire}.
 */
package tcpflowcheck.capture;
