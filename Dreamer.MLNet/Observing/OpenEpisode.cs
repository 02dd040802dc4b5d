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

    /// <summary>Rows read.</summary>
    internal long Rows { get; set; }
}
