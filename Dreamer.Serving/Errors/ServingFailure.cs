using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>Why a call was not served.</summary>
public enum ServingFailure
{
    /// <summary>There is no session with this id: it never existed, or it ended.</summary>
    UnknownSession,

    /// <summary>The session was idle for too long and is gone.</summary>
    ExpiredSession,

    /// <summary>The session answers another call right now.</summary>
    BusySession,

    /// <summary>All sessions are taken, and the waiting line is full.</summary>
    PoolFull,

    /// <summary>The queue of steps is full.</summary>
    QueueFull,

    /// <summary>The caller's deadline has passed.</summary>
    DeadlineExceeded,

    /// <summary>The service is stopping.</summary>
    Stopping,
}
