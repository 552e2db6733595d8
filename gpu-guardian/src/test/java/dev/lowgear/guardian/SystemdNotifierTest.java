package dev.lowgear.guardian;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Against a datagram socket such as systemd listens on. */
@Timeout(30)
class SystemdNotifierTest {
    private static final NativeLibrary LIBC = NativeLibrary.getInstance("c");

    @TempDir Path directory;

    @Test
    void tellsReadyAliveAndStopping() {
        Path socket = directory.resolve("notify");
        try (Receiver systemd = new Receiver(socket.toString())) {
            SystemdNotifier notifier = new SystemdNotifier(socket.toString(), 3_000_000_000L);

            notifier.ready();
            notifier.watchdog();
            notifier.watchdog();
            notifier.stopping();

            assertThat(systemd.next()).isEqualTo("READY=1");
            assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
            assertThat(systemd.next()).as("only so often").isEqualTo("STOPPING=1");
        }
    }

    @Test
    void speaksToAbstractSockets() {
        String name = "lowgear-" + directory.getFileName();
        try (Receiver systemd = new Receiver("\0" + name)) {
            new SystemdNotifier("@" + name, 0).ready();

            assertThat(systemd.next()).isEqualTo("READY=1");
        }
    }

    @Test
    void withoutSystemdOrWithOneThatIsGoneNothingHappens() {
        new SystemdNotifier("", 1_000).ready();
        new SystemdNotifier(directory.resolve("nobody").toString(), 1_000).watchdog();

        assertThat(directory).isEmptyDirectory();
    }

    private static final class Receiver implements AutoCloseable {
        private final int descriptor;

        Receiver(String address) {
            descriptor = LIBC.getFunction("socket").invokeInt(new Object[] {1, 2, 0});
            byte[] path = address.getBytes(StandardCharsets.UTF_8);
            try (Memory name = new Memory(2 + path.length)) {
                name.setShort(0, (short) 1);
                name.write(2, path, 0, path.length);
                int code =
                        LIBC.getFunction("bind")
                                .invokeInt(new Object[] {descriptor, name, 2 + path.length});
                assertThat(code).isZero();
            }
        }

        String next() {
            try (Memory buffer = new Memory(256)) {
                int count =
                        LIBC.getFunction("read").invokeInt(new Object[] {descriptor, buffer, 256L});
                return new String(buffer.getByteArray(0, count), StandardCharsets.US_ASCII);
            }
        }

        @Override
        public void close() {
            LIBC.getFunction("close").invokeInt(new Object[] {descriptor});
        }
    }
}
