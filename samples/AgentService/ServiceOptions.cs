using System.ComponentModel.DataAnnotations;

namespace AgentService;

/// <summary>The service around the agent: configuration section <c>Service</c>.</summary>
internal sealed class ServiceOptions
{
    /// <summary>The longest body and the longest message of a WebSocket, in bytes.</summary>
    /// <value>The default value is 1 MiB.</value>
    [Range(1024, 256 << 20)]
    public int MaxBodyBytes { get; set; } = 1 << 20;

    /// <summary>How long the service refuses requests after it was told to stop, so that load balancers notice.</summary>
    /// <value>The default value is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The key that <c>POST /v1/agent/reload</c> requires; without a key the endpoint does not exist.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    [MinLength(16)]
    public string? ReloadKey { get; set; }

    /// <summary>The folder whose subfolders may be taken as agents by name; relative to the program.</summary>
    /// <value>The default value is <c>agents</c>.</value>
    [Required]
    public string AgentsRoot { get; set; } = "agents";

    /// <summary>Whether there is <c>/v1/echo</c>, against which the load driver measures.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool Echo { get; set; }
}
