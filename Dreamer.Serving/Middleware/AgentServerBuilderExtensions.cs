using System.Diagnostics.Metrics;
using Dreamer.Inference;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dreamer.Serving;

/// <summary>The built-in decorators.</summary>
public static class AgentServerBuilderExtensions
{
    /// <summary>Logs calls: new sessions as information, steps as debug, refusals as warnings, failures as errors.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="loggers">Where to; null for the services' own.</param>
    public static AgentServerBuilder UseLogging(this AgentServerBuilder builder, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => (loggers ?? Of<ILoggerFactory>(services)) is { } factory and not NullLoggerFactory
            ? new LoggingAgentServer(inner, factory.CreateLogger<IAgentServer>(), Of<TimeProvider>(services) ?? TimeProvider.System)
            : inner);
    }

    /// <summary>Traces calls as activities of <see cref="ServingDiagnostics.ActivitySourceName"/> and measures <see cref="ServingDiagnostics.OperationDuration"/>.</summary>
    /// <param name="builder">The builder.</param>
    public static AgentServerBuilder UseTelemetry(this AgentServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
            new TelemetryAgentServer(inner, Of<TimeProvider>(services) ?? TimeProvider.System, Of<IMeterFactory>(services)));
    }

    private static T? Of<T>(IServiceProvider services)
        where T : class => (T?)services.GetService(typeof(T));
}
