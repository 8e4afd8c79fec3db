# The making of the launcher's class archive; read by it where there is none, or the jar is newer.

make_archive() {
    rm -f "$archive"
    made=$archive.$$
    if [ "$major" -ge 25 ]; then
        # Plain command lines alone: each class that is in it is loaded at each start.
        learn -XX:AOTCacheOutput="$made" -v
    else
        # Java's own classes too: an archive on top of Java's leaves out what lambdas are made of.
        learn -XX:DumpLoadedClassList="$made.text" -v --expect-beside
        learn -XX:DumpLoadedClassList="$made.json" --json
        cat "$made.text" "$made.json" >"$made.classes" 2>/dev/null
        "$java" -Xshare:dump -XX:SharedClassListFile="$made.classes" -XX:SharedArchiveFile="$made" $collector $heap \
            -cp "$jar" >/dev/null 2>&1 </dev/null
        rm -f "$made.text" "$made.json" "$made.classes"
    fi
    [ -s "$made" ] || : >"$made"
    mv -f "$made" "$archive"
}

# Reads all samples, as if for a terminal: for a class that is not in the archive Java opens the jar, which takes 8 ms.
learn() {
    option=$1
    shift
    for file in "$home"/samples/*.pcap*; do
        [ -f "$file" ] && set -- "$@" "$file"
    done
    NO_COLOR='' FORCE_COLOR=1 "$java" $collector $heap $native -Xlog:disable "$option" \
        -Dtcpflowcheck.stdout.tty=true -Dtcpflowcheck.stderr.tty=true -cp "$jar" $main "$@" >/dev/null 2>&1 </dev/null
}
