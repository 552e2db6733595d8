package dev.lowgear.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class CacheFolderTest {
    @TempDir Path root;

    @Test
    void keepsOfEachPartThoseThatWereUsedLast() throws Exception {
        entry("services", "agent-1", 1);
        entry("services", "agent-2", 2);
        entry("services", "agent-3", 3);
        entry("services", "gateway-1", 1);
        entry("aot", "agent-1.aot", 1);
        var removed = folder("me").prune(2);
        assertThat(removed).containsExactly(root.resolve("services").resolve("agent-1"));
        assertThat(root.resolve("services").resolve("agent-1")).doesNotExist();
        assertThat(root.resolve("services").resolve("agent-2")).exists();
        assertThat(root.resolve("services").resolve("gateway-1")).exists();
        assertThat(root.resolve("aot").resolve("agent-1.aot")).exists();
    }

    @Test
    void whatIsUsedCountsAsNew() throws Exception {
        entry("services", "agent-1", 1);
        entry("services", "agent-2", 2);
        folder("earlier").use("services", "agent-1");
        Files.delete(root.resolve("users").resolve("earlier"));
        folder("me").prune(1);
        assertThat(root.resolve("services").resolve("agent-1")).exists();
        assertThat(root.resolve("services").resolve("agent-2")).doesNotExist();
    }

    @Test
    void leavesWhatALivingUserHasNamedHoweverOldItIs() throws Exception {
        var other = folder("other");
        other.use("services", "agent-1");
        other.use("aot", "agent-1.aot");
        entry("services", "agent-1", 1);
        entry("aot", "agent-1.aot", 1);
        entry("services", "agent-2", 2);
        entry("aot", "agent-2.aot", 2);
        assertThat(folder("me").prune(1)).isEmpty();
        assertThat(root.resolve("services").resolve("agent-1")).exists();
    }

    @Test
    void forgetsUsersThatHaveDied() throws Exception {
        Files.createDirectories(root.resolve("users"));
        var dead = Files.writeString(root.resolve("users").resolve("dead"), "services/agent-1\n");
        entry("services", "agent-1", 1);
        entry("services", "agent-2", 2);
        var workshop = root.resolve("unfinished").resolve("dead");
        Files.createDirectories(workshop);
        Files.writeString(workshop.resolve("half"), "a cache");
        folder("me").prune(1);
        assertThat(root.resolve("services").resolve("agent-1")).doesNotExist();
        assertThat(dead).doesNotExist();
        assertThat(workshop).doesNotExist();
    }

    @Test
    void aUsersOwnUnfinishedWorkStays() throws Exception {
        var me = folder("me");
        var half = Files.writeString(me.workshop("half"), "a cache");
        me.prune(0);
        assertThat(half).exists();
    }

    @Test
    void makesAnEntryOnceHoweverManyThreadsWantIt() throws Exception {
        var me = folder("me");
        var made = new AtomicInteger();
        var together = new CyclicBarrier(4);
        Callable<Path> make =
                () -> {
                    together.await();
                    return me.makeOnce(
                            "services",
                            "agent-1",
                            place -> {
                                made.incrementAndGet();
                                Files.createDirectories(place.resolve("lib"));
                            });
                };
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var place : threads.invokeAll(Collections.nCopies(4, make))) {
                assertThat(place.get().resolve("lib")).exists();
            }
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void anEntryWhoseMakingFailedIsNotThere() {
        var me = folder("me");
        assertThatThrownBy(() ->
                        me.makeOnce(
                                "services",
                                "agent-1",
                                place -> {
                                    Files.createDirectories(place);
                                    throw new IOException("as told");
                                }))
                .hasMessage("as told");
        assertThat(root.resolve("services").resolve("agent-1")).doesNotExist();
    }

    @Test
    void hasNothingToPruneBeforeItsFirstUse() {
        assertThat(new CacheFolder(root.resolve("none"), "me").prune(0)).isEmpty();
    }

    private CacheFolder folder(String user) {
        return new CacheFolder(root, user);
    }

    private void entry(String kind, String name, int age) throws IOException {
        var path = root.resolve(kind).resolve(name);
        Files.createDirectories(path);
        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1_000 + age)));
    }
}
