using Dreamer.Inference;

namespace Dreamer.Cli.Reporting;

/// <summary>Lets the world model go on by itself from rows of an episode, under the actions that were taken, and compares with what was seen.</summary>
/// <remarks>Five rows are observed first, as in the videos of arXiv 2010.02193; every state is the prior's most likely one.</remarks>
internal static class OpenLoop
{
    /// <summary>Rows that are observed before.</summary>
    internal const int Context = 5;

    private const int Horizon = 45;
    private const int BetweenStarts = 5;

    /// <summary>The video of one episode, or null where it is too short or no image is seen.</summary>
    internal static OpenLoopFilm? Film(AgentManifest manifest, AgentImagination imagination, EpisodeTrace trace)
    {
        if (manifest.Image is not { } shape || trace.Latents.Count <= Context)
        {
            return null;
        }
        var films = new List<OpenLoopFrame>();
        for (var row = 0; row < Context; row++)
        {
            films.Add(Frame(trace, row, imagination.Describe(trace.Latents[row]), shape));
        }
        foreach (var (row, state) in Imagine(imagination, trace, Context - 1))
        {
            films.Add(Frame(trace, row, state, shape));
        }
        return new OpenLoopFilm(trace.Episode.Id, Context, films);
    }

    /// <summary>How each number of a vector goes on, and how it was imagined; empty where none is seen or the episode is too short.</summary>
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

    /// <summary>The mean absolute error against the number of steps imagined: of the model, and of who keeps the last observation.</summary>
    /// <returns>One point a step, from 1; images count from 0 to 1.</returns>
    internal static IReadOnlyList<OpenLoopError> Errors(AgentImagination imagination, IReadOnlyList<EpisodeTrace> traces)
    {
        var (model, kept, counts) = (new double[Horizon], new double[Horizon], new int[Horizon]);
        foreach (var trace in traces)
        {
            for (var start = Context - 1; start < trace.Latents.Count - 1; start += BetweenStarts)
            {
                foreach (var (row, state) in Imagine(imagination, trace, start))
                {
                    var step = row - start - 1;
                    model[step] += Error(trace, row, state.Image, state.Vector);
                    kept[step] += Error(trace, row, trace.Episode.Image(start), trace.Episode.Vector(start));
                    counts[step]++;
                }
            }
        }
        return [.. counts.TakeWhile(count => count > 0).Select((count, step) => new OpenLoopError(step + 1, model[step] / count, kept[step] / count))];
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
            // Of a cell's channels the worst.
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
