package dev.lowgear.launcher.aot;

import java.util.concurrent.CountDownLatch;

/** A program that says that it is ready and waits to be ended. */
public final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
