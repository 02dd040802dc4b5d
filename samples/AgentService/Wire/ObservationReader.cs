using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using AgentService.Problems;
using Dreamer.Inference;
using Dreamer.Serving;

namespace AgentService.Wire;

/// <summary>Reads an observation from bytes or JSON.</summary>
internal static class ObservationReader
{
    /// <summary>Reads an observation from bytes: the image, row-major, then the vector as little-endian 32-bit floats.</summary>
    /// <param name="bytes">The bytes; the image is a view on them.</param>
    /// <param name="agent">The agent.</param>
    /// <exception cref="ProblemException">There are more bytes or fewer than that.</exception>
    public static StepInput OfBytes(ReadOnlyMemory<byte> bytes, AgentManifest agent)
    {
        var image = agent.Image?.Size ?? 0;
        var expected = image + agent.VectorSize * sizeof(float);
        if (bytes.Length != expected)
        {
            throw new ProblemException(
                Problem.InvalidObservation,
                $"The observation has {bytes.Length} bytes; agent '{agent.Name}' takes {expected}: {image} of the image, then {agent.VectorSize} floats.");
        }
        var vector = new float[agent.VectorSize];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.Span[(image + i * sizeof(float))..]);
        }
        return new StepInput { Image = bytes[..image], Vector = vector };
    }

    /// <summary>Reads a <see cref="StepRequest"/>.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="JsonException">It is not JSON, or not of this type.</exception>
    public static StepInput OfJson(ReadOnlySpan<byte> json)
    {
        var request = JsonSerializer.Deserialize(json, ServiceJson.Wire.StepRequest) ?? throw new JsonException("A step is an object, not null.");
        return new StepInput
        {
            Image = request.Image,
            Vector = request.Vector,
            ExecutedAction = request.ExecutedAction,
            ExecutedActionValues = request.ExecutedActionValues,
        };
    }

    /// <summary>Adds the action of an address to an observation of bytes, which has no room for it.</summary>
    /// <param name="input">The observation.</param>
    /// <param name="action">A number, or numbers with commas between them; null for the action that was proposed.</param>
    /// <param name="agent">The agent.</param>
    /// <exception cref="ProblemException">It is not a number.</exception>
    public static StepInput WithExecuted(StepInput input, string? action, AgentManifest agent)
    {
        if (action is null)
        {
            return input;
        }
        if (agent.Action.IsDiscrete)
        {
            return int.TryParse(action, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? input with { ExecutedAction = number }
                : throw new ProblemException(
                    Problem.InvalidAction, $"'executedAction' is '{action}'; it is a number from 0 to {agent.Action.Size - 1}.");
        }
        var texts = action.Split(',');
        var values = new float[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (!float.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                throw new ProblemException(
                    Problem.InvalidAction, $"'executedAction' holds '{texts[i]}'; it is {agent.Action.Size} numbers with commas between them.");
            }
        }
        return input with { ExecutedActionValues = values };
    }
}
