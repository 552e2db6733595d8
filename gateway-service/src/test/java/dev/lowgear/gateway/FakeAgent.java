package dev.lowgear.gateway;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * An agent that says what a test wants it to say, byte by byte, and can die in the middle of it:
 * HTTP by hand over a server socket. Each test has models of its own on it, so tests do not meet.
 */
final class FakeAgent {
    /** What it does with a request for one model. */
    interface Script {
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Map<String, Script> byModel = new ConcurrentHashMap<>();

    private FakeAgent(ServerSocket server) {
        this.server = server;
    }

    static FakeAgent start() {
        try {
            FakeAgent agent =
                    new FakeAgent(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("fake-agent").start(agent::accept);
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    void serve(String model, Script script) {
        byModel.put(model, script);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Exchange exchange = Exchange.read(in, socket);
                    exchange != null && !socket.isClosed();
                    exchange = Exchange.read(in, socket)) {
                answer(exchange);
            }
        } catch (IOException e) {
            // the gateway hung up, which is its right; a test that minds looks at what it did
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Exchange exchange) throws IOException, InterruptedException {
        if (exchange.path.equals("/api/v1/engines")) {
            exchange.whole(200, "application/json", engines());
            return;
        }
        Script script = byModel.get(exchange.model());
        if (script == null) {
            exchange.whole(404, "application/json", "{\"error\":{\"message\":\"no such model\"}}");
        } else {
            script.answer(exchange);
        }
    }

    private String engines() {
        return byModel.keySet().stream()
                .sorted()
                .map(model ->
                        "{\"engineId\":\"%s-%d\",\"servedModel\":\"%s\",\"state\":\"ready\",\"later\":1}"
                                .formatted(model, server.getLocalPort(), model))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** One request and its answer. */
    static final class Exchange {
        final String path;
        final Map<String, String> headers;
        final String body;
        private final Socket socket;

        private Exchange(String path, Map<String, String> headers, String body, Socket socket) {
            this.path = path;
            this.headers = headers;
            this.body = body;
            this.socket = socket;
        }

        static @Nullable Exchange read(InputStream in, Socket socket) throws IOException {
            String start = line(in);
            if (start.isEmpty()) {
                return null;
            }
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            String path = start.substring(start.indexOf(' ') + 1, start.lastIndexOf(' '));
            return new Exchange(path, headers, body, socket);
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        String model() {
            int from = body.indexOf("\"model\":\"") + 9;
            return from < 9 ? "" : body.substring(from, body.indexOf('"', from));
        }

        void whole(int status, String contentType, String content, String... extraHeaders)
                throws IOException {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            String extra =
                    extraHeaders.length == 0 ? "" : String.join("\r\n", extraHeaders) + "\r\n";
            send(
                    "HTTP/1.1 %d X\r\ncontent-type: %s\r\ncontent-length: %d\r\n%s\r\n"
                            .formatted(status, contentType, bytes.length, extra));
            socket.getOutputStream().write(bytes);
        }

        void full(long waitMillis) throws IOException {
            whole(
                    429,
                    "application/json",
                    "{\"error\":{\"message\":\"full\"}}",
                    "x-lowgear-full-wait-ms: " + waitMillis);
        }

        void openStream() throws IOException {
            send(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8"
                            .concat("\r\ntransfer-encoding: chunked\r\n\r\n"));
        }

        void chunk(String text) throws IOException {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            send(Integer.toHexString(length) + "\r\n" + text + "\r\n");
        }

        void endStream() throws IOException {
            send("0\r\n\r\n");
        }

        /** Drops the connection as a process that was killed does. */
        void die() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
