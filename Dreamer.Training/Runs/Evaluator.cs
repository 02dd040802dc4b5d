using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;
using Dreamer.Training.Exploration;
using Dreamer.Training.Networks;
using Dreamer.Training.Telemetry;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training.Runs;

/// <summary>Plays episodes greedily.</summary>
internal static class Evaluator
{
    /// <summary>Plays episodes, each at most as long as the options and <paramref name="maxSteps"/> allow.</summary>
    /// <inheritdoc cref="EnvironmentWorker.Reset" path="/exception"/>
    public static EvaluationResult Evaluate(
        EnvironmentWorker environment, WorldModelNetworks worldModel, Actor actor, EvaluationOptions options, int maxSteps, ulong seed, TrainingState state)
    {
        maxSteps = Math.Min(maxSteps, options.MaxSteps);
        using var policy = new LivePolicy(worldModel, actor, count: 1);
        var returns = new double[options.Episodes];
        var steps = 0L;
        for (var i = 0; i < returns.Length; i++)
        {
            var id = $"evaluation{i}";
            policy.Start(0, new EpisodeNoise(seed, id));
            var step = environment.Reset(id);
            for (var row = 1L; !step.IsLast && row <= maxSteps; row++, steps++)
            {
                var action = policy.Act([step], greedy: true, new ActionNoise(options.ActionNoise))[0];
                step = environment.Step(action, row, id);
                returns[i] += step.Reward;
            }
        }
        var score = ReturnStatistics.FromReturns(returns);
        return new EvaluationResult(
            state.Updates, state.EnvironmentSteps, score.Episodes, score.Mean, score.StandardDeviation, (double)steps / returns.Length);
    }
}
