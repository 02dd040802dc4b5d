using Dreamer.Inference;
using Dreamer.Serving;

namespace Dreamer.Benchmarks.Serving;

/// <summary>Observations of noise, of any agent's shape.</summary>
internal static class Observation
{
    internal static StepInput Of(AgentManifest agent, int seed)
    {
        var noise = new EpisodeNoise((ulong)seed, "observation");
        var (pixels, vector) = (new float[agent.Image?.Size ?? 0], new float[agent.VectorSize]);
        noise.Fill(pixels, step: 0, NoiseStream.Prior);
        noise.Fill(vector, step: 0, NoiseStream.Posterior);
        return new StepInput { Image = Array.ConvertAll(pixels, pixel => (byte)(pixel * 256)), Vector = vector };
    }
}
