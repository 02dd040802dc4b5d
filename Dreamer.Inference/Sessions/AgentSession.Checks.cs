using System.Runtime.CompilerServices;

namespace Dreamer.Inference;

public sealed partial class AgentSession
{
    // The state before is still there: what is not finite never becomes the state.
    private void Guard(ReadOnlySpan<float> numbers, string what)
    {
        if (FiniteNumbers.IndexOfOther(numbers) is >= 0 and var index)
        {
            throw new NonFiniteOutputException(
                $"Agent '{_manifest.Name}' computed {numbers[index]} as number {index} of the {what} at step {Step} of episode '{EpisodeId}'.");
        }
    }

    private ReadOnlySpan<float> Computed(AgentOutputs output, string tensor)
    {
        RequireComputed(output);
        return _buffers[tensor];
    }

    private void RequireComputed(AgentOutputs output)
    {
        if (!_options.Outputs.HasFlag(output))
        {
            throw NotAskedFor(output);
        }
        if (!_available.HasFlag(output))
        {
            throw new InvalidOperationException(Step == 0
                ? $"Episode '{EpisodeId}' has observed nothing yet."
                : $"The state that was loaded holds no {output}; the next observation computes it.");
        }
    }

    private void RequireDiscrete()
    {
        if (!_manifest.Action.IsDiscrete)
        {
            throw new InvalidOperationException($"The actions of agent '{_manifest.Name}' are continuous: call the overload that fills a span.");
        }
    }

    private void Require(AgentObservation observation)
    {
        RequireSize(observation.Image.Length, _imageSize, "image");
        RequireSize(observation.Vector.Length, _vectorSize, "vector");
        FiniteNumbers.Require(observation.Vector, "vector");
    }

    private void RequireSize(int found, int expected, string what)
    {
        if (found != expected)
        {
            ThrowSize(found, expected, what);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowSize(int found, int expected, string what)
    {
        var shape = what == "image" && _manifest.Image is { } image ? $", {image} row-major" : "";
        throw new ArgumentException($"'{what}' has {found} values; agent '{_manifest.Name}' takes {expected}{shape}.", what);
    }
}
