using Dreamer.Inference.Episodes;
using Dreamer.Training.Environments;
using Dreamer.Training.Randomness;
using Dreamer.Training.Validation;

namespace Dreamer.Training.Replay;

/// <summary>Recorded episodes in memory, from which sequences are sampled; the oldest are removed first.</summary>
/// <remarks>Not thread-safe. Images stay bytes until they are in a batch.</remarks>
internal sealed class ReplayBuffer
{
    private readonly ObservationSpace _observation;
    private readonly int _actionSize;
    private readonly ReplayOptions _options;
    private readonly int _minLength;
    private readonly int _maxLength;
    private readonly List<Episode> _episodes = [];
    private IReadOnlyList<Episode> _ongoing = [];
    private int _oldest;

    /// <summary>Creates an empty buffer.</summary>
    /// <param name="observation">The observation space.</param>
    /// <param name="actionSize">The length of an action.</param>
    /// <param name="options">Capacity and sampling.</param>
    /// <exception cref="ArgumentException">The settings are out of range.</exception>
    public ReplayBuffer(ObservationSpace observation, int actionSize, ReplayOptions options)
    {
        OptionErrors.Validate(options.Errors(), "The settings of the replay", nameof(options));
        (_observation, _actionSize, _options) = (observation, actionSize, options);
        _maxLength = options.MaxLength ?? options.SequenceLength;
        _minLength = options.MinLength ?? _maxLength;
    }

    /// <summary>The episodes in memory, oldest first.</summary>
    public IReadOnlyList<Episode> Episodes => _episodes[_oldest..];

    /// <summary>How many episodes are in memory.</summary>
    public int EpisodeCount => _episodes.Count - _oldest;

    /// <summary>Steps in memory; the rows of resets do not count.</summary>
    public long Steps { get; private set; }

    /// <summary>Bytes in memory: those of images, and 4 a number.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds an episode, and removes the oldest ones beyond the capacity in steps or bytes.</summary>
    /// <param name="episode">The episode: at least one step.</param>
    /// <exception cref="ArgumentException">It has no step, its shapes are not the environment's, or a number is not finite.</exception>
    public void Add(Episode episode)
    {
        if (episode.RowCount < 2)
        {
            throw new ArgumentException($"Episode '{episode.Id}' has {episode.RowCount} rows; it must have at least 2, a reset and a step.", nameof(episode));
        }
        if (episode.ImageShape != _observation.Image)
        {
            throw new ArgumentException(
                $"Episode '{episode.Id}' has images of {episode.ImageShape?.ToString() ?? "no shape"}; {_observation.Image?.ToString() ?? "none"} are expected.", nameof(episode));
        }
        Require(episode, "bytes of images", episode.Images.Length, episode.RowCount * (_observation.Image?.Size ?? 0));
        Require(episode, "numbers of vectors", episode.Vectors.Length, episode.RowCount * _observation.VectorSize);
        Require(episode, "numbers of actions", episode.Actions.Length, episode.RowCount * _actionSize);
        RequireFinite(episode, "vector", episode.Vectors);
        RequireFinite(episode, "action", episode.Actions);
        RequireFinite(episode, "reward", episode.Rewards);
        _episodes.Add(episode);
        (Steps, Bytes) = (Steps + StepsOf(episode), Bytes + BytesOf(episode));
        while ((Steps > _options.Capacity || Bytes > _options.CapacityBytes) && EpisodeCount > 1)
        {
            (Steps, Bytes) = (Steps - StepsOf(_episodes[_oldest]), Bytes - BytesOf(_episodes[_oldest]));
            _episodes[_oldest++] = null!;
        }
        // Removing from the front of a list moves all of it: too slow for every episode.
        if (_oldest > _episodes.Count / 2)
        {
            _episodes.RemoveRange(0, _oldest);
            _oldest = 0;
        }
    }

    /// <summary>Sets the running episodes, which are sampled like those that ended.</summary>
    /// <param name="episodes">Their rows so far; episodes with fewer than two rows are ignored.</param>
    public void SetOngoing(IEnumerable<Episode> episodes) => _ongoing = [.. episodes.Where(episode => episode.RowCount >= 2)];

    /// <summary>Forgets all episodes.</summary>
    public void Clear()
    {
        _episodes.Clear();
        (_oldest, Steps, Bytes, _ongoing) = (0, 0, 0, []);
    }

    /// <summary>Creates the batch that <see cref="Sample"/> fills.</summary>
    public SequenceBatch CreateBatch() => new(_options.SequenceLength, _options.BatchSize, _observation, _actionSize);

    /// <summary>Fills a batch with sequences of random parts of episodes.</summary>
    /// <param name="batch">The batch to fill.</param>
    /// <param name="random">Determines the parts.</param>
    /// <remarks>
    /// If an episode is shorter than a sequence, a part of the next drawn episode follows. The first row of every part has IsFirst, and so has a recorded
    /// first row inside a part, so that the recurrent state is reset there. (The reference skips episodes shorter than a sequence.)
    /// </remarks>
    /// <exception cref="InvalidOperationException">The buffer is empty.</exception>
    public void Sample(SequenceBatch batch, SeededRandom random)
    {
        if (EpisodeCount == 0)
        {
            throw new InvalidOperationException("The replay buffer is empty: record an episode before sampling.");
        }
        for (var sequence = 0; sequence < batch.Size; sequence++)
        {
            for (var row = 0; row < batch.Length;)
            {
                var index = random.Next(EpisodeCount + _ongoing.Count);
                var episode = index < EpisodeCount ? _episodes[_oldest + index] : _ongoing[index - EpisodeCount];
                var (start, length) = DrawPart(episode.RowCount, batch.Length - row, random);
                Copy(episode, start, length, batch, row, sequence);
                row += length;
            }
        }
    }

    /// <summary>
    /// Draws a part of an episode (danijar/dreamerv2, replay.py, _sample_sequence): its length at most <c>MaxLength</c> and less by up to
    /// <c>MinLength</c> - 1, but never below <c>MinLength</c>; its start uniform, with the last one more likely if ends have priority.
    /// </summary>
    private (int Start, int Length) DrawPart(int rows, int room, SeededRandom random)
    {
        var longest = Math.Min(Math.Min(rows, room), _maxLength);
        var least = Math.Min(_minLength, longest);
        var length = least == longest ? longest : Math.Max(least, longest - random.Next(_minLength));
        var last = rows - length;
        return (Math.Min(random.Next(last + 1 + (_options.PrioritizeEnds ? least : 0)), last), length);
    }

    private static void Copy(Episode episode, int start, int length, SequenceBatch batch, int row, int sequence)
    {
        for (var i = 0; i < length; i++)
        {
            var (from, to) = (start + i, (row + i) * batch.Size + sequence);
            Put(episode.Image(from), batch.Images, to);
            Put(episode.Vector(from), batch.Vectors, to);
            Put(episode.Action(from), batch.Actions, to);
            batch.Rewards[to] = episode.Rewards[from];
            batch.IsFirst[to] = i == 0 || episode.IsFirst[from] ? 1 : 0;
            batch.IsTerminal[to] = episode.IsTerminal[from] ? 1 : 0;
        }
    }

    private static void Put<T>(ReadOnlySpan<T> values, T[] rows, int row) => values.CopyTo(rows.AsSpan(row * values.Length));

    private static long StepsOf(Episode episode) => episode.RowCount - 1;

    private static long BytesOf(Episode episode) =>
        episode.Images.Length + sizeof(float) * ((long)episode.Vectors.Length + episode.Actions.Length + episode.Rewards.Length) + 3L * episode.RowCount;

    private static void RequireFinite(Episode episode, string what, float[] values)
    {
        if (Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var at)
        {
            var row = at / (values.Length / episode.RowCount);
            throw new ArgumentException($"Episode '{episode.Id}' has a non-finite {what} in row {row}.", nameof(episode));
        }
    }

    private static void Require(Episode episode, string what, int found, int expected)
    {
        if (found != expected)
        {
            throw new ArgumentException($"Episode '{episode.Id}' has {found} {what}; {expected} are expected.", nameof(episode));
        }
    }
}
