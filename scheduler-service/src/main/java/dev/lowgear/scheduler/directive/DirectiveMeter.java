package dev.lowgear.scheduler.directive;

/** What is reported about directives on their way. */
@FunctionalInterface
public interface DirectiveMeter {
    /** A directive did not leave, for this cause; a bounded set of codes. */
    void notSent(String cause);
}
