using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>Why a call was not served.</summary>
public enum ServingFailure
{
    /// <summary>There is no session of that id: it never was, or it ended.</summary>
    UnknownSession,

    /// <summary>The session was idle for too long and is gone.</summary>
    ExpiredSession,

    /// <summary>The session answers another call right now.</summary>
    BusySession,

    /// <summary>All sessions are taken, and as many callers wait as may.</summary>
    PoolFull,

    /// <summary>As many steps wait as may.</summary>
    QueueFull,

    /// <summary>The time that the caller gave is over.</summary>
    DeadlineExceeded,

    /// <summary>The service ends.</summary>
    Stopping,
}
