using System.Diagnostics;
using Dreamer.Serving;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentService.Telemetry;

/// <summary>OpenTelemetry: the agent's own meter and traces, ASP.NET Core's and the runtime's.</summary>
internal static class TelemetryExtensions
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Collects telemetry, and exports it to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, if set.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("agent-service"))
            .WithMetrics(metrics => metrics
                .AddMeter(ServingDiagnostics.MeterName)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(traces => traces
                .AddSource(ServingDiagnostics.ActivitySourceName)
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = context => !context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal);
                    options.EnrichWithHttpResponse = (activity, response) => HideSession(activity, response.HttpContext);
                }));
        if (!string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            telemetry.UseOtlpExporter();
        }
    }

    // A session id gives access to the session: it must not be in a trace.
    private static void HideSession(Activity activity, HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            activity.SetTag("url.path", route);
        }
        if (context.Request.Query.ContainsKey("session"))
        {
            activity.SetTag("url.query", "?session=*");
        }
    }
}
