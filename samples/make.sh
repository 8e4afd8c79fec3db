#!/bin/sh
# Makes every sample again: needs root and Linux (see src/test/lab/README.md).
# Initial sequence numbers, timestamps and times differ from run to run; what the captures show does not.
set -eu
cd "$(dirname "$0")"
lab=../src/test/lab/run

# make SCENARIO NAME TAP FORMAT
make() {
    "$lab" "$1" --as "$2" --tap "$3" --format "$4" --server-port 80 --seed 1 --out .
}

make http-close-by-client          http-close-by-client client pcap
make three-segment-close-by-client three-segment-close  client pcap
make close-by-server               close-by-server      client pcap
make simultaneous-close            simultaneous-close   client pcap
make half-close                    half-close           client pcap
make abort                         abort                client pcap
make refused                       refused              client pcap
make unanswered                    unanswered           client pcap
make icmp-admin-prohibited         unreachable          client pcap
make simultaneous-open             simultaneous-open    client pcap
make fast-open                     fast-open            client pcap
make ipv6                          ipv6                 client pcapng
make vlan                          vlan                 client pcap
make loss                          loss                 server pcap

# The figures of RFC 9293, which need no kernel and are the same octets each time.
./rfc9293/make.py
