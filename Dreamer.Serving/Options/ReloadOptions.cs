using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>How a running service loads new weights.</summary>
public sealed class ReloadOptions
{
    /// <summary>How often the folder is looked at for another <c>agent.json</c>, 100 ms to a day; null for never, only when asked.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>
    /// How many earlier agents may be kept for their live episodes, 0 to 100. Once that many are in use, a further reload is deferred until
    /// one of them is free.
    /// </summary>
    /// <value>The default value is 2.</value>
    public int MaxRetired { get; set; } = 2;
}
