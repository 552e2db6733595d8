package dev.lowgear.core.control;

/**
 * The answer to one observation: a decision with the input it was made from, and its fence.
 *
 * @param input what was decided from
 * @param decision what was decided
 * @param fence what makes it current
 * @param decisionId the decision that set the present gear: this one if it changes the gear
 */
public record Answer(DecisionInput input, Decision decision, Fence fence, String decisionId) {}
