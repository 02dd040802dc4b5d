using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference.Verification;

/// <summary>Compares a rollout with the graphs of single steps, run one after another with the same noise.</summary>
internal static class RolloutSteps
{
    private const ulong Seed = 19;
    private const int Rows = 3;
    private const int Steps = 15;

    /// <summary>Compares every output of the rollout.</summary>
    /// <exception cref="InvalidAgentException">The agent lacks a graph.</exception>
    internal static IReadOnlyList<VerifiedOutput> Check(DreamerAgent agent)
    {
        using var policy = new LoopGraph(agent.OpenGraph(GraphNames.Policy), Rows);
        using var imagine = new LoopGraph(agent.OpenGraph(GraphNames.RssmImagine), Rows);
        using var heads = new LoopGraph(agent.OpenGraph(GraphNames.Heads), Rows);
        var actionNoise = Noise(policy, TensorNames.ActionNoise, NoiseStream.ImaginedAction);
        var stochNoise = Noise(imagine, TensorNames.StochNoise, NoiseStream.Prior);

        // The start is a state of the world model's own: noise number 0 belongs to the step before it.
        stochNoise[0].CopyTo(Floats(imagine, TensorNames.StochNoise));
        imagine.Run();
        var start = Floats(imagine, TensorNames.Latent).ToArray();
        var expected = SingleSteps(start, actionNoise, stochNoise, policy, imagine, heads);

        using var rollout = agent.OpenGraph(GraphNames.Rollout);
        var found = Run(rollout, new Dictionary<string, (float[] Values, int[] Row)>(StringComparer.Ordinal)
        {
            [TensorNames.Latent] = (start, [start.Length / Rows]),
            [TensorNames.RolloutActionNoise] = (ByRow(actionNoise[1..]), [Steps, actionNoise[0].Length / Rows]),
            [TensorNames.RolloutStochNoise] = (ByRow(stochNoise[1..]), [Steps, stochNoise[0].Length / Rows]),
        });
        return
        [
            .. Outputs.Select(output => Compare(rollout.Manifest, output.Rollout, ByRow([.. expected.Skip(1).Select(step => step[output.Single])]), found)),
            Compare(rollout.Manifest, TensorNames.RolloutReturn, Returns(expected, agent.Manifest.Heads), found),
        ];
    }

    private static readonly (string Rollout, string Single)[] Outputs =
    [
        (TensorNames.RolloutActions, TensorNames.Action), (TensorNames.RolloutRewards, TensorNames.Reward),
        (TensorNames.RolloutDiscounts, TensorNames.Discount), (TensorNames.RolloutValues, TensorNames.Value),
    ];

    /// <summary>The outputs of the single graphs at the start, which no action led to, and after each step.</summary>
    private static List<Dictionary<string, float[]>> SingleSteps(
        float[] start, float[][] actionNoise, float[][] stochNoise, LoopGraph policy, LoopGraph imagine, LoopGraph heads)
    {
        var outcomes = new List<Dictionary<string, float[]>> { Predict(start, []) };
        var latent = start;
        for (var step = 1; step <= Steps; step++)
        {
            latent.CopyTo(Floats(policy, TensorNames.Latent));
            actionNoise[step].CopyTo(Floats(policy, TensorNames.ActionNoise));
            policy.Run();
            var action = Floats(policy, TensorNames.Action).ToArray();
            latent.CopyTo(Floats(imagine, TensorNames.PrevLatent));
            action.CopyTo(Floats(imagine, TensorNames.PrevAction));
            stochNoise[step].CopyTo(Floats(imagine, TensorNames.StochNoise));
            imagine.Run();
            latent = Floats(imagine, TensorNames.Latent).ToArray();
            outcomes.Add(Predict(latent, action));
        }
        return outcomes;

        Dictionary<string, float[]> Predict(float[] state, float[] action)
        {
            state.CopyTo(Floats(heads, TensorNames.Latent));
            heads.Run();
            var outcome = heads.Manifest.Outputs.ToDictionary(output => output.Name, output => Floats(heads, output.Name).ToArray(), StringComparer.Ordinal);
            outcome[TensorNames.Action] = action;
            return outcome;
        }
    }

    private static float[] Returns(List<Dictionary<string, float[]>> steps, HeadsManifest heads)
    {
        // If a value starts with the next state's reward, so does the return: everything except the values shifts by one.
        var counted = heads.ValueIncludesReward ? steps[..^1] : steps[1..];
        return [.. Enumerable.Range(0, Rows).Select(row => (float)LambdaReturn.Compute(
            Array.ConvertAll(Column(counted, TensorNames.Reward, row), reward => (float)(heads.RewardScale ?? 1) * reward), Column(counted, TensorNames.Discount, row), Column(steps[1..], TensorNames.Value, row), heads.Lambda!.Value))];
    }

    private static float[] Column(List<Dictionary<string, float[]>> steps, string output, int row) => [.. steps.Select(step => step[output][row])];

    private static VerifiedOutput Compare(GraphManifest graph, string output, float[] expected, Dictionary<string, float[]> found)
    {
        var comparison = new Comparison(VerificationCheck.SingleSteps, AgentVerifier.NameOf(graph), output, isByte: false);
        comparison.Add(expected, found.GetValueOrDefault(output));
        return comparison.Result;
    }

    private static Dictionary<string, float[]> Run(AgentGraph rollout, Dictionary<string, (float[] Values, int[] Row)> given)
    {
        var manifest = rollout.Manifest;
        using var run = new RunOptions();
        var inputs = manifest.Inputs.Select(input => given.TryGetValue(input.Name, out var value)
            ? OrtValue.CreateTensorValueFromMemory(value.Values, [Rows, .. value.Row.Select(side => (long)side)])
            : throw new InvalidAgentException($"Graph '{manifest.Name}' has the input '{input.Name}'; rollouts have {string.Join(", ", given.Keys)}.")).ToArray();
        try
        {
            using var outputs = rollout.Run(run, [.. manifest.Inputs.Select(t => t.Name)], inputs, [.. manifest.Outputs.Select(t => t.Name)]);
            return manifest.Outputs.Zip(outputs).ToDictionary(
                pair => pair.First.Name, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray(), StringComparer.Ordinal);
        }
        finally
        {
            Array.ForEach(inputs, value => value.Dispose());
        }
    }

    /// <summary>The noise of all rows, step by step.</summary>
    private static float[][] Noise(LoopGraph graph, string input, NoiseStream stream)
    {
        var row = Floats(graph, input).Length / Rows;
        return [.. Enumerable.Range(0, Steps + 1).Select(step =>
        {
            var values = new float[Rows * row];
            for (var i = 0; i < Rows; i++)
            {
                new EpisodeNoise(Seed, $"verify-{i}").Fill(values.AsSpan(i * row, row), step, stream);
            }
            return values;
        })];
    }

    /// <summary>Steps of all rows as rows of all steps.</summary>
    private static float[] ByRow(float[][] steps)
    {
        var row = steps[0].Length / Rows;
        return [.. Enumerable.Range(0, Rows).SelectMany(i => steps.SelectMany(step => step[(i * row)..((i + 1) * row)]))];
    }

    private static Span<float> Floats(LoopGraph graph, string tensor) => MemoryMarshal.Cast<byte, float>(graph.Buffer(tensor));
}
