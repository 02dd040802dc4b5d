namespace Dreamer.Inference.Episodes;

/// <summary>Gathers the rows of an episode while it is played.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="image">The shape of an image, or null if none is seen.</param>
/// <param name="vectorSize">The length of a vector observation, 0 if none is seen.</param>
/// <param name="actionSize">The length of an action.</param>
public sealed class EpisodeRecorder(ImageShape? image, int vectorSize, int actionSize)
{
    private readonly long _bytesPerRow = EpisodeLimits.BytesPerRow(image?.Size ?? 0, vectorSize, actionSize);
    private readonly List<byte> _images = [];
    private readonly List<float> _vectors = [];
    private readonly List<float> _actions = [];
    private readonly List<float> _rewards = [];
    private readonly List<bool> _isLast = [];
    private readonly List<bool> _isTerminal = [];
    private readonly Dictionary<string, List<float>> _logs = [];

    /// <summary>Rows so far.</summary>
    public int RowCount => _rewards.Count;

    /// <summary>Adds the row of a reset: no action led here.</summary>
    /// <exception cref="ArgumentException">The observation does not have the recorder's shape.</exception>
    /// <exception cref="InvalidOperationException">The episode has already begun.</exception>
    public void First(AgentObservation observation)
    {
        if (RowCount > 0)
        {
            throw new InvalidOperationException($"The episode has {RowCount} rows already; a reset is the first.");
        }
        Append(observation, new float[actionSize], 0, isLast: false, isTerminal: false);
    }

    /// <summary>Adds the row that an action led to.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="action">[A]: the action that led here.</param>
    /// <param name="reward">The reward for arriving.</param>
    /// <param name="isLast">Whether the episode ends here, including by a time limit.</param>
    /// <param name="isTerminal">Whether nothing can follow.</param>
    /// <exception cref="ArgumentException">The observation or the action does not have the recorder's shape.</exception>
    /// <exception cref="InvalidOperationException">The episode has not begun, has ended, or would exceed the 1 GiB that can be written and read back.</exception>
    public void Add(AgentObservation observation, ReadOnlySpan<float> action, float reward, bool isLast, bool isTerminal)
    {
        if (RowCount == 0 || _isLast[^1])
        {
            throw new InvalidOperationException(RowCount == 0 ? "The episode has not begun: its first row is a reset." : "The episode has ended.");
        }
        Append(observation, action, reward, isLast, isTerminal);
    }

    /// <summary>Logs a number of the last row.</summary>
    /// <param name="name">Its name; every row of an episode logs the same names.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">An earlier row did not log this name, or this row has already logged it.</exception>
    public void Log(string name, float value)
    {
        if (!_logs.TryGetValue(name, out var log))
        {
            _logs.Add(name, log = []);
        }
        if (log.Count != RowCount - 1)
        {
            throw new InvalidOperationException($"'{name}' was logged for {log.Count} rows; the row to log it for is number {RowCount - 1}.");
        }
        log.Add(value);
    }

    /// <summary>Continues recording an episode whose first rows are known.</summary>
    /// <param name="episode">The episode so far.</param>
    /// <exception cref="ArgumentException">It does not have the recorder's shape.</exception>
    /// <exception cref="InvalidOperationException">Another episode has begun.</exception>
    public void Resume(Episode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        First(new AgentObservation(episode.Image(0), episode.Vector(0)));
        for (var row = 1; row < episode.RowCount; row++)
        {
            var observation = new AgentObservation(episode.Image(row), episode.Vector(row));
            Add(observation, episode.Action(row), episode.Rewards[row], episode.IsLast[row], episode.IsTerminal[row]);
        }
    }

    /// <summary>The rows so far as an episode; the recorder is then empty.</summary>
    /// <param name="id">Names the episode.</param>
    /// <exception cref="InvalidOperationException">There are no rows, or a name was logged for some rows only.</exception>
    public Episode Finish(string id)
    {
        var episode = Snapshot(id);
        Clear();
        return episode;
    }

    /// <summary>The rows so far as an episode; recording continues.</summary>
    /// <param name="id">Names the episode.</param>
    /// <exception cref="InvalidOperationException">There are no rows, or a name was logged for some rows only.</exception>
    public Episode Snapshot(string id)
    {
        if (RowCount == 0)
        {
            throw new InvalidOperationException("The episode has no rows.");
        }

        foreach (var (name, log) in _logs.Where(log => log.Value.Count != RowCount))
        {
            throw new InvalidOperationException($"'{name}' was logged for {log.Count} of {RowCount} rows.");
        }

        var isFirst = new bool[RowCount];
        isFirst[0] = true;
        return new Episode
        {
            Id = id,
            ImageShape = image,
            Images = [.. _images],
            VectorSize = vectorSize,
            Vectors = [.. _vectors],
            ActionSize = actionSize,
            Actions = [.. _actions],
            Rewards = [.. _rewards],
            IsFirst = isFirst,
            IsLast = [.. _isLast],
            IsTerminal = [.. _isTerminal],
            Logs = _logs.ToDictionary(log => log.Key, log => log.Value.ToArray()),
        };
    }

    /// <summary>Discards the rows so far.</summary>
    public void Clear()
    {
        _images.Clear();
        _vectors.Clear();
        _actions.Clear();
        _rewards.Clear();
        _isLast.Clear();
        _isTerminal.Clear();
        _logs.Clear();
    }

    private void Append(AgentObservation observation, ReadOnlySpan<float> action, float reward, bool isLast, bool isTerminal)
    {
        if (!EpisodeLimits.Allows((RowCount + 1) * _bytesPerRow))
        {
            throw new InvalidOperationException(
                $"The episode has {RowCount} rows of {_bytesPerRow} bytes; with another one it would exceed the {EpisodeLimits.LargestEpisode} bytes that can be written and read back. " +
                "Finish it, and record the rest as another episode.");
        }
        Require(observation.Image.Length, image?.Size ?? 0, "image");
        Require(observation.Vector.Length, vectorSize, "vector");
        Require(action.Length, actionSize, "action");
        _images.AddRange(observation.Image);
        _vectors.AddRange(observation.Vector);
        _actions.AddRange(action);
        _rewards.Add(reward);
        _isLast.Add(isLast);
        _isTerminal.Add(isTerminal);
    }

    private static void Require(int found, int expected, string what)
    {
        if (found != expected)
        {
            throw new ArgumentException($"'{what}' has {found} values; {expected} are expected.", what);
        }
    }
}
