using Dreamer.Inference;

namespace Dreamer.Cli.Reporting;

/// <summary>Open-loop prediction: imagines from rows of an episode, following the actions taken, and compares with the observations.</summary>
/// <remarks>The first five rows are observed, as in the videos of arXiv 2010.02193; each imagined state is the mode of the prior.</remarks>
internal static class OpenLoop
{
    /// <summary>The number of rows observed before imagination starts.</summary>
    internal const int Context = 5;

    private const int Horizon = 45;
    private const int StartInterval = 5;

    /// <summary>Creates the video of one episode, or null if the episode is too short or has no images.</summary>
    internal static OpenLoopFilm? Film(AgentManifest manifest, AgentImagination imagination, EpisodeTrace trace)
    {
        if (manifest.Image is not { } shape || trace.Latents.Count <= Context)
        {
            return null;
        }
        var frames = new List<OpenLoopFrame>();
        for (var row = 0; row < Context; row++)
        {
            frames.Add(Frame(trace, row, imagination.Describe(trace.Latents[row]), shape));
        }
        foreach (var (row, state) in Imagine(imagination, trace, Context - 1))
        {
            frames.Add(Frame(trace, row, state, shape));
        }
        return new OpenLoopFilm(trace.Episode.Id, Context, frames);
    }

    /// <summary>Returns each vector component as observed and as imagined; empty if there is no vector or the episode is too short.</summary>
    internal static IReadOnlyList<(float[] Seen, float[] Imagined)> Numbers(AgentManifest manifest, AgentImagination imagination, EpisodeTrace trace)
    {
        if (manifest.VectorSize == 0 || trace.Latents.Count <= Context)
        {
            return [];
        }
        float[][] imagined = [.. Enumerable.Range(0, Context).Select(row => imagination.Describe(trace.Latents[row]).Vector),
            .. Imagine(imagination, trace, Context - 1).Select(step => step.State.Vector)];
        return
        [
            .. Enumerable.Range(0, manifest.VectorSize).Select(i => (
                Enumerable.Range(0, imagined.Length).Select(row => trace.Episode.Vector(row)[i]).ToArray(),
                imagined.Select(vector => vector[i]).ToArray())),
        ];
    }

    /// <summary>Computes the mean absolute error by number of imagined steps, for the model and for a baseline that repeats the last observation.</summary>
    /// <returns>One point per step, from 1; image values are scaled to 0 to 1.</returns>
    internal static IReadOnlyList<OpenLoopError> Errors(AgentImagination imagination, IReadOnlyList<EpisodeTrace> traces)
    {
        var (model, baseline, counts) = (new double[Horizon], new double[Horizon], new int[Horizon]);
        foreach (var trace in traces)
        {
            for (var start = Context - 1; start < trace.Latents.Count - 1; start += StartInterval)
            {
                foreach (var (row, state) in Imagine(imagination, trace, start))
                {
                    var step = row - start - 1;
                    model[step] += Error(trace, row, state.Image, state.Vector);
                    baseline[step] += Error(trace, row, trace.Episode.Image(start), trace.Episode.Vector(start));
                    counts[step]++;
                }
            }
        }
        return [.. counts.TakeWhile(count => count > 0).Select((count, step) => new OpenLoopError(step + 1, model[step] / count, baseline[step] / count))];
    }

    private static IEnumerable<(int Row, ImaginedState State)> Imagine(AgentImagination imagination, EpisodeTrace trace, int start)
    {
        var latent = trace.Latents[start];
        for (var row = start + 1; row < trace.Latents.Count && row <= start + Horizon; row++)
        {
            var state = imagination.Step(latent, trace.Episode.Action(row));
            latent = state.Latent;
            yield return (row, state);
        }
    }

    private static OpenLoopFrame Frame(EpisodeTrace trace, int row, ImaginedState state, ImageShape shape)
    {
        var seen = trace.Episode.Image(row);
        var error = new byte[shape.Height * shape.Width];
        for (var i = 0; i < seen.Length; i++)
        {
            // Show each pixel's worst channel.
            var at = i / shape.Channels;
            error[at] = Math.Max(error[at], (byte)Math.Abs(seen[i] - state.Image[i]));
        }
        return new OpenLoopFrame(
            ObservationPicture.ToDataUri(seen, shape),
            ObservationPicture.ToDataUri(state.Image, shape),
            ObservationPicture.ToDataUri(error, new ImageShape(shape.Height, shape.Width, 1)),
            trace.Episode.Rewards[row],
            state.Reward);
    }

    private static double Error(EpisodeTrace trace, int row, ReadOnlySpan<byte> image, ReadOnlySpan<float> vector)
    {
        var seen = trace.Episode.Image(row);
        var sum = 0.0;
        for (var i = 0; i < seen.Length; i++)
        {
            sum += Math.Abs(seen[i] - image[i]) / (double)byte.MaxValue;
        }
        for (var i = 0; i < vector.Length; i++)
        {
            sum += Math.Abs(trace.Episode.Vector(row)[i] - vector[i]);
        }
        return sum / (seen.Length + vector.Length);
    }
}
