package dev.lowgear.guardian;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** The file that a Unix socket is. */
final class SocketFile {
    private SocketFile() {}

    /**
     * Makes room for a socket: its directory, and away with what a dead guardian left.
     *
     * @throws IOException if somebody listens there, or something else is there
     */
    static void prepare(Path socket) throws IOException {
        Path directory = socket.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (!Files.exists(socket)) {
            return;
        }
        if (Files.isRegularFile(socket) || Files.isDirectory(socket)) {
            throw new IOException("is there already and is no socket");
        }
        if (isListening(socket)) {
            throw new IOException("somebody listens there already");
        }
        Files.delete(socket);
    }

    /** Only the owner may connect, and this group if there is one. */
    static void restrict(Path socket, @Nullable String group) throws IOException {
        if (group != null) {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(socket, PosixFileAttributeView.class);
            try {
                view.setGroup(
                        FileSystems.getDefault()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByGroupName(group));
            } catch (UserPrincipalNotFoundException e) {
                throw new IOException("there is no group " + group, e);
            }
        }
        Files.setPosixFilePermissions(
                socket, PosixFilePermissions.fromString(group == null ? "rw-------" : "rw-rw----"));
    }

    private static boolean isListening(Path socket) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException e) {
            // Refused: nobody is there.
            return false;
        }
    }
}
