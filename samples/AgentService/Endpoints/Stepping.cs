using AgentService.Problems;
using Dreamer.Serving;

namespace AgentService.Endpoints;

/// <summary>Runs steps, and maps refusals to problems.</summary>
internal static class Stepping
{
    /// <summary>Takes a step.</summary>
    /// <exception cref="ProblemException">The observation or the action is none that the agent takes.</exception>
    public static async Task<AgentStep> StepAsync(IAgentServer agent, string session, StepInput input, CancellationToken cancellation)
    {
        try
        {
            return await agent.StepAsync(session, input, cancellation);
        }
        catch (ArgumentException e)
        {
            var action = e.ParamName is nameof(StepInput.ExecutedAction) or nameof(StepInput.ExecutedActionValues);
            throw ProblemException.Of(action ? Problem.InvalidAction : Problem.InvalidObservation, e);
        }
    }

    /// <summary>Begins a session.</summary>
    /// <exception cref="ProblemException">The options cannot be used, or the state is none of this agent.</exception>
    public static async Task<SessionInfo> StartAsync(IAgentServer agent, EpisodeOptions options, CancellationToken cancellation)
    {
        try
        {
            return await agent.StartAsync(options, cancellation);
        }
        catch (ArgumentException e)
        {
            throw ProblemException.Of(Problem.InvalidOptions, e);
        }
        catch (InvalidDataException e)
        {
            throw new ProblemException(Problem.InvalidState, e.Message, e);
        }
    }
}
