package dev.lowgear.guardian;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

import java.nio.charset.StandardCharsets;

/**
 * Tells systemd that the guardian is ready, alive and stopping (sd_notify): datagrams to the Unix
 * socket named in the environment. The JDK has no Unix datagram sockets, hence libc. Without that
 * socket nothing is done, and libc is not even loaded.
 */
final class SystemdNotifier {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_DONTWAIT = 0x40;

    private final String address;
    private final long watchdogNanos;
    private int descriptor = -1;
    private long nextNanos;

    /**
     * @param address the socket's path, {@code @} first for an abstract one; empty for none
     * @param watchdogMicros systemd's patience; 0 for none
     */
    SystemdNotifier(String address, long watchdogMicros) {
        this.address = address;
        this.watchdogNanos = watchdogMicros * 1_000 / 3;
        this.nextNanos = System.nanoTime();
    }

    static SystemdNotifier fromEnvironment() {
        String address = System.getenv("NOTIFY_SOCKET");
        String watchdog = System.getenv("WATCHDOG_USEC");
        return new SystemdNotifier(
                address == null ? "" : address,
                watchdog != null && watchdog.matches("\\d{1,15}") ? Long.parseLong(watchdog) : 0);
    }

    void ready() {
        send("READY=1");
    }

    /** Called by the actuator thread whenever it comes round; speaks three times per patience. */
    void watchdog() {
        long now = System.nanoTime();
        if (watchdogNanos > 0 && now - nextNanos >= 0) {
            nextNanos = now + watchdogNanos;
            send("WATCHDOG=1");
        }
    }

    void stopping() {
        send("STOPPING=1");
    }

    private synchronized void send(String text) {
        if (address.isEmpty()) {
            return;
        }
        NativeLibrary libc = NativeLibrary.getInstance("c");
        if (descriptor < 0) {
            descriptor =
                    libc.getFunction("socket")
                            .invokeInt(new Object[] {AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0});
        }
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try (Memory name = new Memory(2 + path.length + 1L);
                Memory message = new Memory(bytes.length)) {
            name.clear();
            name.setShort(0, (short) AF_UNIX);
            name.write(2, path, 0, path.length);
            boolean isAbstract = address.startsWith("@");
            if (isAbstract) {
                name.setByte(2, (byte) 0);
            }
            message.write(0, bytes, 0, bytes.length);
            int length = 2 + path.length + (isAbstract ? 0 : 1);
            int sent =
                    libc.getFunction("sendto")
                            .invokeInt(
                                    new Object[] {
                                        descriptor,
                                        message,
                                        new com.sun.jna.NativeLong(bytes.length),
                                        MSG_NOSIGNAL | MSG_DONTWAIT,
                                        name,
                                        length
                                    });
            if (sent < 0) {
                // systemd will notice the silence; there is nobody else to tell but the log.
                System.err.println("event=notify-failed errno=" + Native.getLastError());
            }
        }
    }
}
