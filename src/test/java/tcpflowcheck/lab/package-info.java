/**
 * Paths held against the Linux kernel's own record of both ends. The laboratory itself is src/test/lab; the tests here
 * need Linux, root and Python.
 */
package tcpflowcheck.lab;
