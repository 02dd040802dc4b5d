using System.Runtime.InteropServices;
using Dreamer.Training.Behavior;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Weights;

/// <summary>The weights of an agent as a safetensors file, for other programs and for new runs.</summary>
/// <remarks>
/// Names are the paths of the modules, for example <c>rssm.gru.kernel.weight</c>, as in the ONNX graphs and
/// in <c>dreamer describe</c>; elements are single precision. The networks must not be trained at the same time.
/// </remarks>
internal static class WeightsFile
{
    static WeightsFile() => TorchRuntime.EnsureLoaded();

    /// <summary>Writes all parameters.</summary>
    /// <param name="path">The file to create or replace; it is written atomically.</param>
    /// <param name="model">The world model.</param>
    /// <param name="behavior">The actor and the critic.</param>
    /// <param name="metadata">Strings to store in the file.</param>
    /// <exception cref="IOException">It could not be written; an existing file is unchanged.</exception>
    public static void Write(string path, WorldModelNetworks model, ActorCriticNetworks behavior, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var scope = NewDisposeScope();
        var tensors = Parameters(model, behavior).ToDictionary(
            parameter => parameter.Name,
            parameter => new SafetensorsTensor(
                SafetensorsTensor.Float32, parameter.Value.shape, parameter.Value.detach().cpu().contiguous().bytes.ToArray()),
            StringComparer.Ordinal);
        SafetensorsFile.Write(path, tensors, metadata ?? new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <summary>Loads the weights of a file into networks.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The world model.</param>
    /// <param name="behavior">The actor and the critic.</param>
    /// <exception cref="InvalidWeightsException">
    /// The file is damaged, or its tensors do not match the networks; the message lists the differences, and nothing is changed.
    /// </exception>
    public static void Load(string path, WorldModelNetworks model, ActorCriticNetworks behavior)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var tensors = SafetensorsFile.Read(path);
        var parameters = Parameters(model, behavior);
        if (Differences(tensors, parameters).ToList() is { Count: > 0 } differences)
        {
            throw new InvalidWeightsException(
                $"The weights in '{path}' do not match the networks:{string.Concat(differences.Select(d => $"{Environment.NewLine}  - {d}"))}");
        }
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (name, parameter) in parameters)
        {
            var values = empty(parameter.shape);
            tensors[name].Data.Span.CopyTo(values.bytes);
            parameter.copy_(values);
        }
    }

    private static List<(string Name, Tensor Value)> Parameters(WorldModelNetworks model, ActorCriticNetworks behavior)
    {
        return [.. model.named_parameters().Concat(behavior.named_parameters()).Select(parameter => (parameter.name, (Tensor)parameter.parameter))];
    }

    private static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, SafetensorsTensor> tensors, IReadOnlyList<(string Name, Tensor Value)> parameters)
    {
        foreach (var (name, parameter) in parameters)
        {
            if (!tensors.TryGetValue(name, out var tensor))
            {
                yield return $"'{name}' is missing.";
            }
            else if (tensor.Type != SafetensorsTensor.Float32 || !tensor.Shape.SequenceEqual(parameter.shape))
            {
                yield return $"'{name}' is {tensor}; expected F32 [{string.Join(", ", parameter.shape)}].";
            }
            else if (MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ContainsNonFinite())
            {
                yield return $"'{name}' has values that are not finite.";
            }
        }
        foreach (var name in tensors.Keys.Except(parameters.Select(parameter => parameter.Name)).Order(StringComparer.Ordinal))
        {
            yield return $"'{name}' is not a parameter of the networks.";
        }
    }

    private static bool ContainsNonFinite(this ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                return true;
            }
        }
        return false;
    }
}
