namespace Dreamer.Inference.Inspection;

/// <summary>An agent's manifest, and the cost of its steps.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Graphs">Its graphs, in the manifest's order.</param>
/// <param name="Int8Graphs">Its graphs with int8 weights.</param>
public sealed record AgentInspection(AgentManifest Manifest, IReadOnlyList<GraphInspection> Graphs, IReadOnlyList<GraphInspection> Int8Graphs)
{
    private static readonly (string Name, string[] Graphs)[] Kinds =
    [
        ("act", [GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Policy]),
        ("act, with outcome and surprise", [GraphNames.Encoder, GraphNames.RssmObserve, GraphNames.Policy, GraphNames.Heads, GraphNames.Surprise]),
        ("imagine", [GraphNames.Policy, GraphNames.RssmImagine, GraphNames.Heads]),
    ];

    /// <summary>The number of learned parameters; parameters that several graphs share count once.</summary>
    public long ParameterCount => Graphs.SelectMany(graph => graph.Parameters).DistinctBy(parameter => parameter.Key).Sum(parameter => parameter.Value);

    /// <summary>What the steps cost that the agent has all graphs for, with the weights that were trained and with int8 weights.</summary>
    public IReadOnlyList<StepInspection> Steps =>
    [
        .. StepsOf("", Graphs),
        .. Int8Graphs.Count == 0 ? [] : StepsOf(
            ", int8 weights", [.. Graphs.Select(graph => Int8Graphs.FirstOrDefault(int8 => int8.Manifest.Name == graph.Manifest.Name) ?? graph)]),
    ];

    private static IEnumerable<StepInspection> StepsOf(string suffix, IReadOnlyList<GraphInspection> graphs) =>
        from kind in Kinds
        let found = kind.Graphs.Select(name => graphs.FirstOrDefault(graph => graph.Manifest.Name == name)).OfType<GraphInspection>().ToList()
        where found.Count == kind.Graphs.Length
        select new StepInspection(
            kind.Name + suffix, [.. found.Select(graph => graph.Manifest.File)], found.Sum(graph => graph.WeightBytes), found.Sum(graph => graph.Flops));
}
