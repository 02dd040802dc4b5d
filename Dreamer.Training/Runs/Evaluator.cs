using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Networks;
using Dreamer.Training.Telemetry;

namespace Dreamer.Training.Runs;

/// <summary>Plays episodes greedily.</summary>
internal static class Evaluator
{
    public static EvaluationResult Evaluate(
        IEnvironment environment, WorldModelNetworks worldModel, Actor actor, int episodes, ulong seed, TrainingState state)
    {
        using var policy = new LivePolicy(worldModel, actor);
        var returns = new double[episodes];
        var steps = 0L;
        for (var i = 0; i < episodes; i++)
        {
            policy.Start(new EpisodeNoise(seed, $"evaluation{i}"));
            for (var step = environment.Reset(); !step.IsLast; steps++)
            {
                step = environment.Step(policy.Act(step, greedy: true));
                returns[i] += step.Reward;
            }
        }
        var mean = returns.Average();
        var deviation = Math.Sqrt(returns.Average(value => (value - mean) * (value - mean)));
        return new EvaluationResult(state.Updates, state.EnvironmentSteps, episodes, mean, deviation, (double)steps / episodes);
    }
}
