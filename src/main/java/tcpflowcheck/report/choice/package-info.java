/**
 * Which flows a report shows: the language of {@code --only}, read once into terms that are asked of each flow that has ended.
 * May look at flows and connections, and at nothing of how they are shown.
 */
package tcpflowcheck.report.choice;
