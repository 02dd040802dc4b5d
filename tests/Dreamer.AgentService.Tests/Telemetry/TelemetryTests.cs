using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Dreamer.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using Xunit;

namespace Dreamer.AgentService.Tests.Telemetry;

public class TelemetryTests
{
    [Fact]
    public async Task What_the_agent_measures_arrives_at_a_collector()
    {
        var received = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync();

        await using (var host = await ServiceHost.StartAsync(
            $"OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.Single()}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"))
        {
            var id = await host.Http.BeginAsync();
            await host.Http.StepAsync(id, new byte[50]);
            using var refused = await host.Http.SendBytesAsync("v1/sessions/none/step", new byte[50]);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            await host.StopAsync();
        }

        foreach (var name in (string[])
            [ServingDiagnostics.Actions, ServingDiagnostics.StepDuration, ServingDiagnostics.Rejections, ServingDiagnostics.ActiveSessions,
             ServingDiagnostics.OperationDuration, "http.server.request.duration", "dotnet.gc.collections", "dreamer.step"])
        {
            Assert.Contains(received, body => body.Contains(name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Traces_hold_the_agents_own_part_and_no_id_of_a_session()
    {
        await using var host = await ServiceHost.StartAsync();
        Assert.NotNull(host.Services.GetService<TracerProvider>());
        var stopped = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var id = await host.Http.BeginAsync();
        await host.Http.StepAsync(id, new byte[50]);
        using (var socket = await host.ConnectAsync($"v1/episode?session={id}"))
        {
            await socket.AskAsync(new byte[50]);
            await socket.CloseAsync();
        }
        await Eventually.HoldsAsync(() => Mine().Any(activity => "/v1/episode".Equals(activity.GetTagItem("http.route"))));

        Assert.Contains(stopped, activity => activity.Source.Name == ServingDiagnostics.ActivitySourceName && activity.OperationName == "dreamer.step");
        Assert.Contains(Mine(), activity => "/v1/sessions/{id}/step".Equals(activity.GetTagItem("url.path")));
        Assert.All(Mine(), activity => Assert.DoesNotContain(activity.TagObjects, tag => tag.Value is string text && text.Contains(id, StringComparison.Ordinal)));

        // Other tests' services are in this process too.
        IEnumerable<Activity> Mine() => stopped.Where(
            activity => activity.Source.Name == "Microsoft.AspNetCore" && activity.GetTagItem("server.port") is int port && port == host.Address.Port);
    }
}
