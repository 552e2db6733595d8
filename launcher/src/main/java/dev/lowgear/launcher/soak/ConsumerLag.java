package dev.lowgear.launcher.soak;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How far consumers are behind their topics: groups that commit offsets to the broker, and the
 * model service, whose offsets move in its database.
 */
final class ConsumerLag implements AutoCloseable {
    private static final int ANSWER_SECONDS = 20;

    private final Admin admin;

    ConsumerLag(int port) {
        admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port));
    }

    /**
     * Records behind, by group.
     *
     * @throws IOException when the broker does not answer
     */
    Map<String, Long> byGroup() throws IOException, InterruptedException {
        return asked(() -> {
            var lags = new TreeMap<String, Long>();
            for (var group : answer(admin.listGroups().all())) {
                var committed =
                        answer(
                                admin.listConsumerGroupOffsets(group.groupId())
                                        .partitionsToOffsetAndMetadata());
                var next = new HashMap<TopicPartition, Long>();
                committed.forEach((partition, offset) -> {
                    if (offset != null) {
                        next.put(partition, offset.offset());
                    }
                });
                if (!next.isEmpty()) {
                    lags.put(group.groupId(), lag(next));
                }
            }
            return lags;
        });
    }

    /**
     * Records from the next one to read on, over all partitions.
     *
     * @throws IOException when the broker does not answer
     */
    long behind(Map<TopicPartition, Long> next) throws IOException, InterruptedException {
        return next.isEmpty() ? 0 : asked(() -> lag(next));
    }

    private long lag(Map<TopicPartition, Long> next)
            throws ExecutionException, InterruptedException, TimeoutException {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        next.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        long lag = 0;
        for (var end : answer(admin.listOffsets(latest).all()).entrySet()) {
            lag += Math.max(0, end.getValue().offset() - next.getOrDefault(end.getKey(), 0L));
        }
        return lag;
    }

    /** Questions to the broker. */
    private interface Questions<T> {
        T ask() throws ExecutionException, InterruptedException, TimeoutException;
    }

    private static <T> T asked(Questions<T> questions) throws IOException, InterruptedException {
        try {
            return questions.ask();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not say how far consumers are", e);
        }
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close();
    }
}
