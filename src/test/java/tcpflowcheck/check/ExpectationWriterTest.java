package tcpflowcheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ExpectationWriterTest {
    private static String written(boolean certain) throws Exception {
        String flow = """
                {"stream":0,"client":{"address":"10.0.0.1","port":1000},"server":{"address":"10.0.0.2","port":80},
                 "handshake":{"kind":"three-way","certain":true},"close":{"kind":"reset","by":"server","certain":CERTAIN},
                 "reset":{"kind":"abort","by":"server","certain":CERTAIN},"timing":{"silenceAtEndNanos":12},
                 "mss":{"client":1460,"server":1460},"states":{"client":["CLOSED"],"server":["LISTEN"]},"findings":[]}
                """.replace("CERTAIN", Boolean.toString(certain));
        ExpectationWriter writer = new ExpectationWriter();
        writer.flow(object(flow));
        writer.end(Map.of("file", "x.pcap", "flows", 1L));
        return writer.text();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String json) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(json);
    }

    @Test
    void whatIsCertainIsWrittenWithoutAWordAndNoTime() throws Exception {
        assertThat(written(true)).isEqualTo("""
                # yaml-language-server: $schema=expect.schema.json
                # what was seen in x.pcap; take out what does not matter
                # (tcpflow-check --schema expect >expect.schema.json lets an editor help)
                flows: 1
                10.0.0.1:* > 10.0.0.2:80:
                  handshake: {kind: three-way}
                  close: {kind: reset, by: server}
                  reset: {kind: abort, by: server}
                  mss: {client: 1460, server: 1460}
                  states:
                    client: [CLOSED]
                    server: [LISTEN]
                  findings: []
                """);
    }

    @Test
    void nobodyExpectsADoubtfulVerdictUnawares() throws Exception {
        assertThat(written(false)).contains("""
                  handshake: {kind: three-way}
                  close: {kind: reset, by: server, certain: false}
                  reset: {kind: abort, by: server, certain: false}
                """);
    }
}
