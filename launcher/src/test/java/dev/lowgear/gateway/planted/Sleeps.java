package dev.lowgear.gateway.planted;

import java.util.concurrent.TimeUnit;

/** Planted: breaks a rule that a test must notice. */
public final class Sleeps {
    public void pause() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }
}
