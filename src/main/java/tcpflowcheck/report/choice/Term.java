package tcpflowcheck.report.choice;

import tcpflowcheck.flow.Flow;

/** One condition. */
interface Term {
    boolean holds(Flow flow);
}
