package dev.lowgear.infrastructure.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** TCP ports of 127.0.0.1. */
public final class LoopbackPorts {
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    private LoopbackPorts() {}

    /** Whether a server could listen on the port now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether somebody accepts connections on the port. */
    public static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * What a server says to a request: its first bytes. A process that is stopped (SIGSTOP) still
     * accepts connections, its kernel does; only an answer shows that it works.
     *
     * @param length how many bytes to wait for
     * @throws IOException when nobody listens, or they do not come in time
     */
    public static byte[] exchange(int port, byte[] request, int length, Duration timeout)
            throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(request);
            var answer = socket.getInputStream().readNBytes(length);
            if (answer.length < length) {
                throw new EOFException("port " + port + " hung up");
            }
            return answer;
        }
    }

    /** Distinct ports that were free a moment ago. Somebody else may take one at any time. */
    public static List<Integer> free(int count) {
        var held = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback interface", e);
        } finally {
            held.forEach(LoopbackPorts::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
