using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>How the steps of live sessions are run: several as one batch, or each alone. A session gets the same to the last bit either way.</summary>
public sealed class BatchingOptions
{
    /// <summary>Whether steps that wait are run as one batch; without, each runs alone.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Steps in a batch at most, 1 to 1,024.</summary>
    /// <value>The default value is 64.</value>
    public int MaxBatchSize { get; set; } = 64;

    /// <summary>
    /// How long the first step of a batch waits for others, 0 to 100 ms. A batch does not wait once it is full, or once every live session is in it.
    /// With 0, what has gathered while the last batch ran is the next one.
    /// </summary>
    /// <value>The default value is 1 ms.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Threads that run steps, 1 to 64.</summary>
    /// <value>The default value is half the processors, at least 1: the rest is for whoever asks.</value>
    public int Workers { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Steps that may wait, 1 to 100,000; one more is refused at once.</summary>
    /// <value>The default value is 256.</value>
    public int MaxQueued { get; set; } = 256;

    /// <summary>How long a step or an imagination may wait before it begins, from 1 ms to an hour, unless the call says otherwise.</summary>
    /// <value>The default value is 1 second.</value>
    public TimeSpan StepTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Rows that a batch really has at most.</summary>
    internal int Rows => Enabled ? MaxBatchSize : 1;
}
