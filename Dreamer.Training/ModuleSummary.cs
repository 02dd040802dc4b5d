using Dreamer.Training.Networks;

namespace Dreamer.Training;

/// <summary>One of an agent's networks: its name, and its layers.</summary>
/// <param name="Name">Its name in checkpoints and graphs.</param>
/// <param name="IsWorldModel">Whether it is part of the world model.</param>
/// <param name="Layers">Its layers.</param>
public sealed record ModuleSummary(string Name, bool IsWorldModel, IReadOnlyList<LayerSummary> Layers)
{
    /// <summary>The number of its parameters.</summary>
    public long Count => Layers.Sum(layer => layer.Count);
}

/// <summary>One layer of a network.</summary>
/// <param name="Name">Its path inside the network.</param>
/// <param name="Parameters">What it learns.</param>
public sealed record LayerSummary(string Name, IReadOnlyList<ParameterSummary> Parameters)
{
    /// <summary>The number of its parameters.</summary>
    public long Count => Parameters.Sum(parameter => parameter.Count);
}

/// <summary>A learned tensor.</summary>
/// <param name="Name">What it is: <c>weight</c> or <c>bias</c>.</param>
/// <param name="Shape">Its sizes.</param>
public sealed record ParameterSummary(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>The number of its elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
