namespace Dreamer.Inference.Inspection;

/// <summary>What an agent is, and what its steps cost.</summary>
/// <param name="Manifest">What its folder says of it.</param>
/// <param name="Graphs">Its graphs, in the manifest's order.</param>
public sealed record AgentInspection(AgentManifest Manifest, IReadOnlyList<GraphInspection> Graphs)
{
    private static readonly (string Name, string[] Graphs)[] Kinds =
    [
        ("act", [GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Policy]),
        ("act, with outcome and surprise", [GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Policy, GraphNames.Heads, GraphNames.Surprise]),
        ("imagine", [GraphNames.Policy, GraphNames.RssmImagine, GraphNames.Heads]),
    ];

    /// <summary>How many numbers were learnt; those that several graphs share count once.</summary>
    public long ParameterCount => Graphs.SelectMany(graph => graph.Parameters).DistinctBy(parameter => parameter.Key).Sum(parameter => parameter.Value);

    /// <summary>What the steps cost that the agent has all graphs for.</summary>
    public IReadOnlyList<StepInspection> Steps =>
    [
        .. from kind in Kinds
           let found = kind.Graphs.Select(name => Graphs.FirstOrDefault(graph => graph.Manifest.Name == name)).OfType<GraphInspection>().ToList()
           where found.Count == kind.Graphs.Length
           select new StepInspection(kind.Name, kind.Graphs, found.Sum(graph => graph.WeightBytes), found.Sum(graph => graph.Flops)),
    ];
}
