namespace Dreamer.Inference.Episodes;

/// <summary>What is read of an episode's file, besides its rewards and flags; unpacking images is most of the time that reading takes.</summary>
[Flags]
public enum EpisodeParts
{
    /// <summary>Rewards, flags and all shapes.</summary>
    None = 0,

    /// <summary><see cref="Episode.Images"/>.</summary>
    Images = 1,

    /// <summary><see cref="Episode.Vectors"/>.</summary>
    Vectors = 2,

    /// <summary><see cref="Episode.Actions"/>.</summary>
    Actions = 4,

    /// <summary><see cref="Episode.Logs"/>.</summary>
    Logs = 8,

    /// <summary>Everything.</summary>
    All = Images | Vectors | Actions | Logs,
}
