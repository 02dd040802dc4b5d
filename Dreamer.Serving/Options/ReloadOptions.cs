using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>How new weights come into a service that runs.</summary>
public sealed class ReloadOptions
{
    /// <summary>How often the folder is looked at for another <c>agent.json</c>, 100 ms to a day; null for never, only when asked.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>
    /// How many earlier agents may still be kept for episodes that began with them, 0 to 100. With so many in use, a further reload is deferred until
    /// one of them is free.
    /// </summary>
    /// <value>The default value is 2.</value>
    public int MaxRetired { get; set; } = 2;
}
