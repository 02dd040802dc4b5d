using Dreamer.Inference.Inspection;
using Dreamer.Inference.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference.Verification;

/// <summary>Checks an agent folder: its manifest, and what its graphs compute on its test data.</summary>
public static class AgentVerifier
{
    /// <summary>The largest allowed difference of a float output from its recorded value; relative for values above 1.</summary>
    public const double FloatTolerance = 1e-4;

    /// <summary>The largest difference of a byte of an image from its recorded value: one step of rounding.</summary>
    public const double ByteTolerance = 1;

    /// <summary>The number of random steps of the recurrent loop.</summary>
    public const int LoopSteps = 100;

    // What is imagined continues from the action that the policy takes.
    private static readonly IReadOnlyList<string> LoopOrder = [.. GraphNames.All.Except([GraphNames.RssmImagine]), GraphNames.RssmImagine];

    private const long Opset = 17;
    private const long IrVersion = 8;

    /// <summary>
    /// Loads a folder, which checks sizes, hashes, names, shapes and operators, replays its <c>test_data</c>, and takes
    /// <see cref="LoopSteps"/> random steps of the recurrent loop, singly and in a batch; a rollout is compared with single steps.
    /// </summary>
    /// <param name="folder">The agent folder.</param>
    /// <returns>One result for each output and kind of check.</returns>
    /// <exception cref="InvalidAgentException">The folder is not an agent, is damaged, or lacks test data.</exception>
    public static IReadOnlyList<VerifiedOutput> Verify(string folder)
    {
        using var agent = DreamerAgent.Load(folder);
        var results = Verify(folder, agent, agent.Manifest.Graphs);
        if (agent.Manifest.Int8Graphs is { Count: > 0 } int8Graphs)
        {
            using var quantized = DreamerAgent.Load(folder, weights: AgentWeights.Quantized);
            results.AddRange(Verify(folder, quantized, int8Graphs));
        }
        return results;
    }

    /// <summary>Checks some graphs of an agent that is loaded.</summary>
    /// <param name="folder">Where its test data is.</param>
    /// <param name="agent">The agent, on the device to test.</param>
    /// <param name="graphs">Which of its graphs.</param>
    internal static List<VerifiedOutput> Verify(string folder, DreamerAgent agent, IReadOnlyList<GraphManifest> graphs)
    {
        var results = new List<VerifiedOutput>();
        foreach (var graph in graphs)
        {
            using var open = agent.OpenGraph(graph.Name);
            CheckVersions(open);
            results.AddRange(Replay(open, Path.Combine(folder, AgentManifest.TestDataFolder, NameOf(graph))));
        }
        results.AddRange(RecurrentLoop.Check(agent, [.. LoopOrder.Where(agent.HasGraph)], LoopSteps)
            .Where(output => graphs.Any(graph => NameOf(graph) == output.Graph)));
        if (agent.HasGraph(GraphNames.Rollout) && graphs.Any(graph => graph.Name == GraphNames.Rollout))
        {
            results.AddRange(RolloutSteps.Check(agent));
        }
        return results;
    }

    /// <summary>A graph's name in the results: its file name without the extension, which distinguishes int8 weights.</summary>
    internal static string NameOf(GraphManifest graph) => Path.GetFileNameWithoutExtension(graph.File);

    private static void CheckVersions(AgentGraph graph)
    {
        var model = OnnxModel.Read(graph.Bytes.Span);
        if (model.Opset != Opset || model.IrVersion != IrVersion)
        {
            throw new InvalidAgentException(
                $"Graph '{graph.Manifest.Name}' has opset {model.Opset} and IR version {model.IrVersion}; agents have {Opset} and {IrVersion}.");
        }
    }

    /// <summary>Compares a graph's results for its recorded inputs with its recorded outputs.</summary>
    internal static IReadOnlyList<VerifiedOutput> Replay(AgentGraph graph, string folder)
    {
        var manifest = graph.Manifest;
        var inputs = Read(folder, "input", manifest.Inputs);
        var expected = Read(folder, "output", manifest.Outputs);
        var values = inputs.Select(ToValue).ToArray();
        try
        {
            using var run = new RunOptions();
            using var outputs = graph.Run(run, [.. manifest.Inputs.Select(t => t.Name)], values, [.. manifest.Outputs.Select(t => t.Name)]);
            return [.. expected.Zip(outputs, (one, two) => Compare(manifest, one, two))];
        }
        finally
        {
            foreach (var value in values)
            {
                value.Dispose();
            }
        }
    }

    private static TensorFile[] Read(string folder, string kind, IReadOnlyList<TensorManifest> tensors) => [.. tensors.Select((tensor, index) =>
    {
        var path = Path.Combine(folder, $"{kind}_{index}.pb");
        var file = TensorFile.Read(path);
        return file.Name == tensor.Name && file.IsByte == (tensor.Type == "uint8") && file.Shape is [_, .. var row] && tensor.Fits(row)
            ? file
            : throw new InvalidAgentException(
                $"'{path}' holds '{file.Name}' {(file.IsByte ? "uint8" : "float32")} [{string.Join(", ", file.Shape)}]; " +
                $"'{tensor.Name}' {tensor.Type} [batch, {string.Join(", ", tensor.Sides)}] is expected.");
    })];

    private static OrtValue ToValue(TensorFile file) => file.IsByte
        ? OrtValue.CreateTensorValueFromMemory(file.Data, file.Shape)
        : OrtValue.CreateTensorValueFromMemory(file.ToSingles(), file.Shape);

    private static VerifiedOutput Compare(GraphManifest graph, TensorFile expected, OrtValue found)
    {
        var comparison = new Comparison(VerificationCheck.TestData, NameOf(graph), expected.Name, expected.IsByte);
        comparison.Add(expected.ToSingles(), expected.IsByte
            ? Array.ConvertAll(found.GetTensorDataAsSpan<byte>().ToArray(), value => (float)value)
            : found.GetTensorDataAsSpan<float>());
        return comparison.Result;
    }
}
