using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>Whether the steps of live sessions run in batches or one by one. Results are bit-equal either way.</summary>
public sealed class BatchingOptions
{
    /// <summary>Whether waiting steps run as one batch; otherwise each runs by itself.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Steps in a batch at most, 1 to 1,024.</summary>
    /// <value>The default value is 64.</value>
    public int MaxBatchSize { get; set; } = 64;

    /// <summary>
    /// How long the first step of a batch waits for others, 0 to 100 ms. A batch does not wait once it is full, or once every live session is in it.
    /// With 0, the steps that arrive while a batch runs form the next one.
    /// </summary>
    /// <value>The default value is 1 ms.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Threads that run steps, 1 to 64.</summary>
    /// <value>The default value is half the processors, at least 1: the rest is for the callers.</value>
    public int Workers { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Steps that may wait, 1 to 100,000; one more is refused at once.</summary>
    /// <value>The default value is 256.</value>
    public int MaxQueued { get; set; } = 256;

    /// <summary>How long a step or an imagination may wait before it starts, from 1 ms to an hour, unless the call sets its own limit.</summary>
    /// <value>The default value is 1 second.</value>
    public TimeSpan StepTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Rows that a batch really has at most.</summary>
    internal int Rows => Enabled ? MaxBatchSize : 1;
}
