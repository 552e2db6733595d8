package dev.lowgear.simulator.study;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Records in a file, a line of JSON each, appended for good: one is on the disk when {@link
 * #append} returns. A last line that was only half written, because somebody was interrupted, is
 * dropped when the file is opened; any other line that is no such record is refused.
 *
 * @param <R> a record type
 */
final class JsonLines<R> implements Closeable {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private final FileChannel file;
    private final ObjectWriter writer;
    private final List<R> found = new ArrayList<>();

    private JsonLines(FileChannel file, Class<R> type) {
        this.file = file;
        writer = JSON.writerFor(type);
    }

    /**
     * Opens the file, or makes it.
     *
     * @throws IOException if it cannot be read and written, or a whole line of it is no record; the
     *     message says which
     */
    static <R> JsonLines<R> open(Path path, Class<R> type) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            JsonLines<R> lines = new JsonLines<>(file, type);
            lines.read(path, JSON.readerFor(type));
            return lines;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void read(Path path, ObjectReader reader) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int start = 0;
        int number = 1;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
            try {
                found.add(reader.readValue(line));
            } catch (JacksonException e) {
                throw new IOException(
                        path + ":" + number + ": no record of this version; remove the line", e);
            }
            start = i + 1;
            number++;
        }
        file.truncate(start);
        file.position(start);
    }

    /** What the file held when it was opened. */
    List<R> found() {
        return List.copyOf(found);
    }

    /** Writes one more; it survives a power failure. */
    synchronized void append(R one) throws IOException {
        var line = new ByteArrayOutputStream();
        line.writeBytes(writer.writeValueAsBytes(one));
        line.write('\n');
        ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
