using Dreamer.Inference;
using Dreamer.Serving;

namespace AgentService.Wire;

/// <summary>Makes answers of steps.</summary>
internal static class StepAnswers
{
    /// <summary>The parts of a step that were asked for.</summary>
    public static StepAnswer Of(AgentStep step, ActionManifest actions, AnswerParts parts)
    {
        var outcome = parts.HasFlag(AnswerParts.Outcome);
        return new StepAnswer(
            step.Step,
            step.Action,
            step.Action is { } action ? actions.Names?[action] : null,
            step.Action is null ? step.ActionValues : null,
            outcome ? step.Reward : null,
            outcome ? step.Discount : null,
            outcome ? step.Value : null,
            parts.HasFlag(AnswerParts.Surprise) ? step.Surprise : null,
            parts.HasFlag(AnswerParts.Probabilities) ? step.ActionProbabilities : null);
    }
}
