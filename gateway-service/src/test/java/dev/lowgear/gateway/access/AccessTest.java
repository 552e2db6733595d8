package dev.lowgear.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowgear.gateway.UnsafeBindingException;
import dev.lowgear.gateway.openai.OpenAiException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

class AccessTest {
    private static final String SECRET = "lg-secret";
    private static final KnownKey KEY =
            new KnownKey(KeyHash.of(SECRET).hex(), "acme", Role.USER, List.of("gold"));

    @TempDir Path folder;

    @Test
    void letsEverybodyOnLoopbackInWhileThereIsNoKey() {
        Access access = new Access(true, KeyBook.EMPTY);
        assertThat(access.authenticate(null, null)).isEqualTo(Caller.LOCAL);
        assertThat(access.authenticate(null, "http://localhost:8080")).isEqualTo(Caller.LOCAL);
        refused(access, null, "https://elsewhere.example", 403);
        refused(access, null, "null", 403);
    }

    @Test
    void letsNobodyInElsewhereWithoutAKey() {
        refused(new Access(false, KeyBook.EMPTY), "Bearer " + SECRET, null, 401);
    }

    @Test
    void asksForAKeyAsSoonAsThereIsOne() {
        Access access = new Access(true, KeyBook.of(List.of(KEY)));
        assertThat(access.authenticate("Bearer " + SECRET, null))
                .isEqualTo(new Caller("acme", Role.USER, Set.of("gold")));
        assertThat(access.authenticate("bearer  " + SECRET + " ", null).tenant()).isEqualTo("acme");
        refused(access, null, null, 401);
        refused(access, "Bearer wrong", null, 401);
        refused(access, "Basic " + SECRET, null, 401);
    }

    @Test
    void grantsOnlyTheClassesAndRolesOfTheKey() {
        Caller caller = KEY.caller();
        caller.requireClass("gold");
        caller.require(Role.USER);
        assertThatExceptionOfType(OpenAiException.class)
                .isThrownBy(() -> caller.requireClass("platinum"))
                .satisfies(refused -> assertThat(refused.error().status()).isEqualTo(403));
        assertThatExceptionOfType(OpenAiException.class)
                .isThrownBy(() -> caller.require(Role.VIEWER))
                .satisfies(refused -> assertThat(refused.error().status()).isEqualTo(403));
        Caller.LOCAL.requireClass("any");
    }

    @Test
    void servesWithTheKeysReadLastWhileTheDatabaseIsDown() {
        Access access = new Access(false, KeyBook.EMPTY);
        AtomicReference<@Nullable List<KnownKey>> database = new AtomicReference<>(List.of(KEY));
        KeyRefresh keys = refresh(database, access);
        keys.refresh();
        database.set(null);
        keys.refresh();
        assertThat(access.authenticate("Bearer " + SECRET, null).tenant()).isEqualTo("acme");
        database.set(List.of());
        keys.refresh();
        refused(access, "Bearer " + SECRET, null, 401);
    }

    @Test
    void startsWithTheKeysItRemembersAndKeepsNoSecretOnDisk() throws Exception {
        refresh(new AtomicReference<>(List.of(KEY)), new Access(false, KeyBook.EMPTY)).refresh();
        Access later = new Access(false, KeyBook.EMPTY);
        refresh(new AtomicReference<>(null), later).refresh();
        assertThat(later.authenticate("Bearer " + SECRET, null).tenant()).isEqualTo("acme");
        assertThat(Files.readString(file())).doesNotContain(SECRET);
        assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
    }

    @Test
    void startsWithNothingRememberedIfTheFileIsBroken() throws Exception {
        Files.writeString(file(), "[{\"sha256\":");
        Access access = new Access(false, KeyBook.EMPTY);
        refresh(new AtomicReference<>(null), access).refresh();
        assertThat(access.hasKeys()).isFalse();
    }

    @Test
    void neverGivesOutTheSameKeyTwice() {
        assertThat(KeyHash.newKey()).hasSize(46).isNotEqualTo(KeyHash.newKey());
    }

    @Test
    void refusesToListenElsewhereWithoutAKey() throws Exception {
        Access none = new Access(false, KeyBook.EMPTY);
        assertThatThrownBy(() -> guard("0.0.0.0", none))
                .isInstanceOf(UnsafeBindingException.class)
                .hasMessageContaining("0.0.0.0");
        guard("127.0.0.1", none);
        guard("::1", none);
        guard("0.0.0.0", new Access(false, KeyBook.of(List.of(KEY))));
    }

    private void guard(String address, Access access) throws Exception {
        ServerProperties server = new ServerProperties();
        server.setAddress(InetAddress.getByName(address));
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("keys", refresh(new AtomicReference<>(null), access));
        new AccessConfiguration()
                .bindingGuard(server, access, beans.getBeanProvider(KeyRefresh.class))
                .customize(new TomcatServletWebServerFactory());
    }

    private Path file() {
        return folder.resolve("keys.json");
    }

    private KeyRefresh refresh(AtomicReference<@Nullable List<KnownKey>> database, Access access) {
        Supplier<List<KnownKey>> read =
                () -> {
                    List<KnownKey> keys = database.get();
                    if (keys == null) {
                        throw new IllegalStateException("the database is down");
                    }
                    return keys;
                };
        return new KeyRefresh(read, new RememberedKeys(file()), access, Duration.ofSeconds(1));
    }

    private static void refused(
            Access access, @Nullable String authorization, @Nullable String origin, int status) {
        assertThatExceptionOfType(OpenAiException.class)
                .isThrownBy(() -> access.authenticate(authorization, origin))
                .satisfies(refused -> assertThat(refused.error().status()).isEqualTo(status));
    }
}
