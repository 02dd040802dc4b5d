using System.Runtime.CompilerServices;

namespace Dreamer.Inference.Stepping;

/// <summary>Checks what a caller passes to a live episode. Every way into an agent uses these.</summary>
internal static class InputChecks
{
    /// <summary>Checks an observation, or the observations of several rows.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="image">[rows, H, W, C].</param>
    /// <param name="vector">[rows, N].</param>
    /// <param name="rows">The number of rows.</param>
    /// <exception cref="ArgumentException">A size is wrong, or a number is not finite.</exception>
    internal static void RequireObservation(this AgentManifest agent, ReadOnlySpan<byte> image, ReadOnlySpan<float> vector, int rows = 1)
    {
        RequireSize(agent, image.Length, agent.ImageSize * rows, rows == 1 ? "image" : "images", rows);
        RequireSize(agent, vector.Length, agent.VectorSize * rows, rows == 1 ? "vector" : "vectors", rows);
        FiniteNumbers.Require(vector, rows == 1 ? "vector" : "vectors");
    }

    /// <summary>Checks actions as vectors.</summary>
    /// <exception cref="ArgumentException">The size is wrong, or a number is not finite.</exception>
    internal static void RequireActions(this AgentManifest agent, ReadOnlySpan<float> actions, string what, int rows = 1)
    {
        RequireSize(agent, actions.Length, agent.Action.Size * rows, what, rows);
        FiniteNumbers.Require(actions, what);
    }

    /// <summary>Checks the index of a discrete action.</summary>
    /// <exception cref="InvalidOperationException">Actions are continuous.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The action is unknown.</exception>
    internal static void RequireChoice(this AgentManifest agent, int action, string what)
    {
        RequireDiscrete(agent);
        if ((uint)action >= (uint)agent.Action.Size)
        {
            throw new ArgumentOutOfRangeException(what, action, $"Agent '{agent.Name}' has the actions 0 to {agent.Action.Size - 1}.");
        }
    }

    /// <summary>Checks that actions are discrete.</summary>
    /// <exception cref="InvalidOperationException">Actions are continuous.</exception>
    internal static void RequireDiscrete(this AgentManifest agent)
    {
        if (!agent.Action.IsDiscrete)
        {
            throw new InvalidOperationException($"The actions of agent '{agent.Name}' are continuous: use the overload with spans of numbers.");
        }
    }

    /// <summary>Checks a number of values.</summary>
    /// <exception cref="ArgumentException">The number is wrong.</exception>
    internal static void RequireSize(this AgentManifest agent, int found, int expected, string what, int rows = 1)
    {
        if (found != expected)
        {
            ThrowSize(agent, found, expected, what, rows);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowSize(AgentManifest agent, int found, int expected, string what, int rows)
    {
        var shape = what == "image" && agent.Image is { } image ? $", {image} row-major" : "";
        var takes = rows == 1 ? $"agent '{agent.Name}' takes {expected}{shape}" : $"{rows} episodes of agent '{agent.Name}' take {expected}";
        throw new ArgumentException($"'{what}' has {found} values; {takes}.", what);
    }
}
