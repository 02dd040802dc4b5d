namespace Dreamer.Inference.Episodes;

/// <summary>The names of arrays in a recording: the reference's, and those of other tools that mean one of them without doubt.</summary>
internal static class EpisodeKeys
{
    internal const string Action = "action";
    internal const string Reward = "reward";
    internal const string IsFirst = "is_first";
    internal const string IsLast = "is_last";
    internal const string IsTerminal = "is_terminal";
    internal const string Discount = "discount";
    internal const string LogPrefix = "log_";

    /// <summary>Marks a replay chunk of DreamerV3: the ids of its rows.</summary>
    internal const string StepId = "stepid";

    /// <summary>First rows, in order of preference.</summary>
    internal static readonly string[] First = [IsFirst, "first", "reset"];

    /// <summary>Last rows.</summary>
    internal static readonly string[] Last = [IsLast, "last"];

    /// <summary>Rows that nothing can follow.</summary>
    internal static readonly string[] Terminal = [IsTerminal, "terminal", "terminals", "terminated", "terminations"];

    /// <summary>Steps that ended an episode, for any reason unless <see cref="Truncated"/> is there too.</summary>
    internal static readonly string[] Done = ["done", "dones"];

    /// <summary>Steps at which a time limit cut an episode.</summary>
    internal static readonly string[] Truncated = ["truncated", "truncations", "timeout", "timeouts"];

    private static readonly HashSet<string> Small = [Reward, Discount, .. First, .. Last, .. Terminal, .. Done, .. Truncated];

    /// <summary>How much of an array a reader needs.</summary>
    internal static ArrayUse Use(string name, EpisodeParts parts)
    {
        ArrayUse DataIf(EpisodeParts part) => (parts & part) != EpisodeParts.None ? ArrayUse.Data : ArrayUse.Shape;
        return name switch
        {
            TensorNames.Image => DataIf(EpisodeParts.Images),
            TensorNames.Vector => DataIf(EpisodeParts.Vectors),
            Action => DataIf(EpisodeParts.Actions),
            StepId => ArrayUse.Shape,
            _ when Small.Contains(name) => ArrayUse.Data,
            _ => (parts & EpisodeParts.Logs) != EpisodeParts.None && name.StartsWith(LogPrefix, StringComparison.Ordinal) ? ArrayUse.Data : ArrayUse.None,
        };
    }
}
