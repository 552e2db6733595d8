package dev.lowgear.launcher.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.contract.Topics;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

class KafkaTopicsTest {
    @Test
    void createsTheTopicsThatTheServicesWould() {
        var listed = new TreeMap<String, Map<String, String>>();
        ComposeFile.read(ComposeFile.HOME.resolve("infra/kafka/topics.conf"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split(" +", -1)))
                .forEach(words ->
                        listed.put(words.getFirst(), settings(words.subList(1, words.size()))));
        var expected = new TreeMap<String, Map<String, String>>();
        Topics.all().forEach(topic -> expected.put(topic.topic(), topic.settings()));
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void saysWhatIsMissingOrNoNumber() throws Exception {
        assertThat(run()).startsWith("2 create-topics: name the bootstrap servers");
        assertThat(run("kafka:9092", "many")).startsWith("2 create-topics: 'many' is no number");
    }

    private static String run(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(ComposeFile.HOME.resolve("infra/kafka/create-topics").toString());
        command.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }

    private static Map<String, String> settings(List<String> words) {
        return words.stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
