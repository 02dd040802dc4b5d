using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>The bounds of a pool of sessions.</summary>
public sealed class SessionPoolOptions
{
    /// <summary>Sessions that live at once, 1 to 100,000. Each holds its recurrent state, some kilobytes.</summary>
    /// <value>The default value is 256.</value>
    public int MaxSessions { get; set; } = 256;

    /// <summary>How many callers may wait for a free session, 0 to 100,000; further callers are refused at once.</summary>
    /// <value>The default value is 64.</value>
    public int MaxWaiting { get; set; } = 64;

    /// <summary>How long a caller waits for a session, from 0 to an hour; 0 refuses at once.</summary>
    /// <value>The default value is 5 seconds.</value>
    public TimeSpan RentTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a session lives without a call, from a second to 30 days.</summary>
    /// <value>The default value is 5 minutes.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest imagination that may be asked for, 1 to 1,000 steps.</summary>
    /// <value>The default value is 50.</value>
    public int MaxHorizon { get; set; } = 50;
}
