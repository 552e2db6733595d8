package dev.lowgear.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lowgear.launcher.CommandRun;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class StudyCommandTest {
    @TempDir Path folder;

    @Test
    void refusesWhatCannotBeBeforeAnyWork() throws IOException {
        refused("cells are chosen by", "--cells", "colour=red");
        refused("no cell of the study is left", "--cells", "trace=none");
        refused("--hours must be in", "--hours", "0");
        refused("--threads must be in", "--threads", "0");
        refused("--minutes must be in", "--minutes", "-1");
        refused("a study has 1 to 1000 seeds", "--seeds", "0");
        refused("no study was begun in", "--report");
        refused("no study was begun in", "--resume");
        refused("choose one", "--report", "--resume");
        refused("cannot be read", "--conv", folder.resolve("none.csv").toString());
        Path bad = Files.writeString(folder.resolve("bad.csv"), "a,b\n");
        refused("bad.csv:1: expected a header", "--code", bad.toString());
        assertThat(folder.resolve("study")).doesNotExist();
    }

    private void refused(String why, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "study";
        all[1] = "--out";
        all[2] = folder.resolve("study").toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        CommandRun run = CommandRun.of(all);
        assertThat(run.err()).contains(why);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void showsALineForEveryTwentieth() {
        var out = new StringWriter();
        var progress = new StudyProgress(new PrintWriter(out), false);
        for (int trial = 1; trial <= 100; trial++) {
            progress.done(trial, 100, trial);
        }
        assertThat(out.toString().lines()).hasSize(21);
        assertThat(out.toString().lines().toList().getLast())
                .startsWith("[##############################] 100 of 100 trials, 100 runs now, 0:");
    }
}
