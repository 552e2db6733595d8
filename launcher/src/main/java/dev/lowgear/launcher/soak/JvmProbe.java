package dev.lowgear.launcher.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;

import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into a running JVM by JMX, through the agent that it is asked to start for this. */
final class JvmProbe implements AutoCloseable {
    private static final double MIB = 1 << 20;

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;

    private JvmProbe(JMXConnector connector) throws IOException {
        this.connector = connector;
        var server = connector.getMBeanServerConnection();
        memory =
                ManagementFactory.newPlatformMXBeanProxy(
                        server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        threads =
                ManagementFactory.newPlatformMXBeanProxy(
                        server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    /**
     * Attaches to a JVM of the same user.
     *
     * @throws IOException when it cannot be attached to
     */
    @SuppressWarnings("BanJNDI") // the address comes from the JVM itself, which is one of ours
    static JvmProbe attach(long pid) throws IOException {
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            try {
                var url = new JMXServiceURL(machine.startLocalManagementAgent());
                return new JvmProbe(JMXConnectorFactory.connect(url));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("process " + pid + " is no JVM that can be attached to", e);
        }
    }

    /** Heap in use after a full collection, in MiB. */
    double liveHeap() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / MIB;
    }

    /** Metaspace and compiled code in use, in MiB. */
    double nonHeap() {
        return memory.getNonHeapMemoryUsage().getUsed() / MIB;
    }

    int threads() {
        return threads.getThreadCount();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
