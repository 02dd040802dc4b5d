using Dreamer.Inference;

namespace Dreamer.MLNet;

/// <summary>An episode whose rows are being read: its state between windows.</summary>
internal sealed class OpenEpisode(string id, EpisodeNoise noise, int latentSize, int actionSize)
{
    /// <summary>Its id, empty where ids are not read.</summary>
    internal string Id { get; } = id;

    /// <summary>The noise of its samples.</summary>
    internal EpisodeNoise Noise { get; } = noise;

    /// <summary>The state after its last row that was stepped.</summary>
    internal float[] Latent { get; } = new float[latentSize];

    /// <summary>The action taken at its last row, if rows hold such actions.</summary>
    internal float[] LastAction { get; } = new float[actionSize];

    /// <summary>Whether an action was taken at its last row, and not the missing key.</summary>
    internal bool HasLastAction { get; set; }

    /// <summary>The step of its last row, if a column counts them.</summary>
    internal long LastStep { get; set; }

    /// <summary>Whether the column of steps stays at one value.</summary>
    internal bool HasUnfilledSteps { get; set; }

    /// <summary>Rows read.</summary>
    internal long Rows { get; set; }
}
