using System.Globalization;

namespace Dreamer.Inference;

/// <summary>Checks a manifest for consistency.</summary>
internal static class AgentManifestValidator
{
    // Far above any real agent, and low enough that a product of two sizes fits an int.
    private const int LargestSize = 1 << 15;

    internal static List<string> Errors(AgentManifest manifest)
    {
        var errors = new List<string>();
        if (manifest.FormatVersion != AgentManifest.CurrentFormatVersion)
        {
            errors.Add($"format_version is {manifest.FormatVersion}; this library reads {AgentManifest.CurrentFormatVersion}.");
            return errors;
        }

        // The reader checks which properties may be null, but not the elements of arrays.
        errors.AddRange(EmptyPlaces(manifest).Select(place => $"{place} holds null."));
        if (errors.Count > 0)
        {
            return errors;
        }

        CheckObservations(manifest.Observations, errors);
        CheckAction(manifest.Action, errors);
        CheckLatent(manifest.Latent, errors);
        if (manifest.Heads.Discount is not ("predicted" or "constant"))
        {
            errors.Add($"heads.discount is '{manifest.Heads.Discount}'; allowed are predicted and constant.");
        }

        if (manifest.Heads.RewardScale is { } scale && !(double.IsFinite(scale) && scale > 0))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"heads.reward_scale is {scale}; a finite number above 0 is expected."));
        }
        CheckGraphs("graph", manifest.Graphs, errors);
        if (manifest.Graphs.Any(graph => graph.Name == GraphNames.Rollout) && manifest.Heads.Lambda is not (>= 0 and <= 1))
        {
            errors.Add($"heads.lambda is {manifest.Heads.Lambda?.ToString(CultureInfo.InvariantCulture) ?? "missing"}; an agent with a rollout has one from 0 to 1.");
        }
        CheckGraphs("int8 graph", manifest.Int8Graphs, errors);
        foreach (var graph in manifest.Int8Graphs.Where(int8 => !manifest.Graphs.Any(graph => graph.Name == int8.Name)))
        {
            errors.Add($"int8 graph '{graph.Name}' has no counterpart in graphs.");
        }
        if (errors.Count == 0)
        {
            errors.AddRange(GraphContract.Errors(manifest));
        }
        return errors;
    }

    private static IEnumerable<string> EmptyPlaces(AgentManifest manifest)
    {
        (string Place, IEnumerable<object?>? Items)[] arrays =
        [
            ("observations", manifest.Observations), ("graphs", manifest.Graphs), ("int8_graphs", manifest.Int8Graphs),
            ("action.names", manifest.Action.Names), ("provenance.evaluations", manifest.Provenance.Evaluations),
            ("provenance.packages", manifest.Provenance.Packages.Values), ("quantization.evaluations", manifest.Quantization?.Evaluations),
            .. manifest.Graphs.Concat(manifest.Int8Graphs).OfType<GraphManifest>().SelectMany(
                graph => ((string, IEnumerable<object?>?)[])[($"inputs of graph '{graph.Name}'", graph.Inputs), ($"outputs of graph '{graph.Name}'", graph.Outputs)]),
        ];
        return arrays.Where(array => array.Items?.Contains(null) == true).Select(array => array.Place);
    }

    private static void CheckGraphs(string what, IReadOnlyList<GraphManifest> graphs, List<string> errors)
    {
        foreach (var group in graphs.GroupBy(g => g.Name).Where(g => g.Count() > 1))
        {
            errors.Add($"{what} '{group.Key}' is listed {group.Count()} times.");
        }
        foreach (var graph in graphs)
        {
            CheckGraph(graph, errors);
        }
    }

    private static void CheckObservations(IReadOnlyList<ObservationManifest> observations, List<string> errors)
    {
        if (observations.Count == 0)
        {
            errors.Add("observations is empty; an agent observes image, vector or both.");
        }
        foreach (var observation in observations)
        {
            var (type, rank) = observation.Key switch
            {
                TensorNames.Image => ("uint8", 3),
                TensorNames.Vector => ("float32", 1),
                _ => ("", 0),
            };
            if (rank == 0)
            {
                errors.Add($"observation '{observation.Key}' is unknown; allowed are image and vector.");
            }
            else if (observation.Type != type || observation.Shape.Count != rank)
            {
                errors.Add($"observation '{observation.Key}' is {observation.Type} of rank {observation.Shape.Count}; expected {type} of rank {rank}.");
            }
            CheckShape($"observation '{observation.Key}'", observation.Shape, errors);
        }
    }

    private static void CheckAction(ActionManifest action, List<string> errors)
    {
        CheckSize("action.size", action.Size, errors);
        switch (action.Kind)
        {
            case ActionManifest.Discrete when action.Names?.Count != action.Size:
                errors.Add($"action.names has {action.Names?.Count ?? 0} entries for {action.Size} discrete actions.");
                break;
            case ActionManifest.Continuous when action.Low?.Count != action.Size || action.High?.Count != action.Size:
                errors.Add($"action.low and action.high have {action.Low?.Count ?? 0} and {action.High?.Count ?? 0} entries for {action.Size} continuous actions.");
                break;
            case ActionManifest.Continuous when action.Low!.Zip(action.High!).Any(bound => !(bound.First < bound.Second)):
                errors.Add("action.low is not below action.high everywhere.");
                break;
            case ActionManifest.Discrete or ActionManifest.Continuous:
                break;
            default:
                errors.Add($"action.kind is '{action.Kind}'; allowed are discrete and continuous.");
                break;
        }
    }

    private static void CheckLatent(LatentManifest latent, List<string> errors)
    {
        if (latent.Kind is not (LatentManifest.Categorical or LatentManifest.Gaussian))
        {
            errors.Add($"latent.kind is '{latent.Kind}'; allowed are categorical and gaussian.");
        }
        if (latent.Kind == LatentManifest.Gaussian && latent.Classes != 1)
        {
            errors.Add($"latent.classes is {latent.Classes}; Gaussian latents have 1.");
        }
        CheckSize("latent.deter", latent.Deter, errors);
        CheckSize("latent.stoch", latent.Stoch, errors);
        CheckSize("latent.classes", latent.Classes, errors);
        CheckSize("latent.embedding", latent.Embedding, errors);
        CheckSize("latent.prior_ensemble", latent.PriorEnsemble, errors);
    }

    private static void CheckGraph(GraphManifest graph, List<string> errors)
    {
        if (graph.File.Length == 0 || graph.File.StartsWith('.') || graph.File.AsSpan().IndexOfAny("/\\:\0") >= 0)
        {
            errors.Add($"graph '{graph.Name}' has the file name '{graph.File}'; a plain name inside the folder is expected.");
        }
        if (graph.Sha256.Length != 64 || !graph.Sha256.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f'))
        {
            errors.Add($"graph '{graph.Name}' has the sha256 '{graph.Sha256}'; 64 lower-case hexadecimal digits are expected.");
        }
        foreach (var tensor in graph.Inputs.Concat(graph.Outputs))
        {
            if (tensor.Type is not ("float32" or "uint8"))
            {
                errors.Add($"tensor '{tensor.Name}' of graph '{graph.Name}' is {tensor.Type}; allowed are float32 and uint8.");
            }
            var isSequence = graph.Name == GraphNames.Rollout && tensor.Shape is [TensorManifest.Horizon, ..];
            CheckShape($"tensor '{tensor.Name}' of graph '{graph.Name}'", isSequence ? [.. tensor.Shape.Skip(1)] : tensor.Shape, errors);
        }
    }

    private static void CheckShape(string what, IReadOnlyList<int> shape, List<string> errors)
    {
        if (shape.Any(side => side < 1) || shape.Aggregate(1.0, (product, side) => product * side) > int.MaxValue / 2)
        {
            errors.Add($"{what} has the shape [{string.Join(", ", shape)}]; sides from 1 and at most 2^30 values in all are expected.");
        }
    }

    private static void CheckSize(string what, int size, List<string> errors)
    {
        if (size is < 1 or > LargestSize)
        {
            errors.Add($"{what} is {size}; allowed are 1 to {LargestSize}.");
        }
    }
}
