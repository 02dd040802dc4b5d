using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dreamer.Serving.Tests;

public sealed class MiddlewareTests
{
    private static readonly StepInput Frame = ServedAgent.Frame(new byte[50]);

    [Fact]
    public async Task Every_call_goes_through_and_is_logged_without_what_opens_a_session()
    {
        await using var pool = ServedAgent.Load();
        using var log = new ListLogger();
        var server = new AgentServerBuilder(pool).UseLogging(log).Build();
        var info = await server.StartAsync();
        await CallAllAsync(server, info.SessionId);
        await Assert.ThrowsAsync<SessionNotFoundException>(() => server.StepAsync(info.SessionId, Frame));
        await Assert.ThrowsAsync<ArgumentException>(() => server.StartAsync(new() { EpisodeId = "" }));

        var shown = info.SessionId[..8];
        Assert.DoesNotContain(log.Lines, line => line.Contains(info.SessionId, StringComparison.Ordinal));
        Assert.Contains($"Information: Session {shown} begins episode '{shown}' at step 0 on generation 1.", log.Lines);
        foreach (var operation in (string[])["step", "save", "imagine", "describe", "end"])
        {
            Assert.Contains(log.Lines, line => line.StartsWith($"Debug: Session {shown}: {operation} took", StringComparison.Ordinal));
        }
        Assert.Contains(log.Lines, line => line.StartsWith($"Warning: Session {shown}: step was refused", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("Warning: Session -: start was refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_fails_is_logged_as_an_error_and_thrown()
    {
        await using var pool = ServedAgent.Load();
        using var log = new ListLogger();
        var server = new AgentServerBuilder(new Failing(pool)).UseLogging(log).Build();
        await Assert.ThrowsAsync<NonFiniteOutputException>(() => server.StepAsync("a session", Frame));
        Assert.StartsWith("Error: Session a sessio: step failed", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_call_is_an_activity_and_measured()
    {
        await using var pool = ServedAgent.Load();
        using var meters = new TestMeters();
        var stopped = new ConcurrentQueue<Activity>();
        using var test = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ServingDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            // Tests run side by side.
            ActivityStopped = activity =>
            {
                if (activity.TraceId == test.TraceId)
                {
                    stopped.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var durations = new Measured(meters, ServingDiagnostics.OperationDuration);
        var server = new AgentServerBuilder(pool).UseTelemetry().Build(new ServiceCollection().AddSingleton<IMeterFactory>(meters).BuildServiceProvider());
        var info = await server.StartAsync();
        await CallAllAsync(server, info.SessionId);
        await Assert.ThrowsAsync<SessionNotFoundException>(() => server.StepAsync(info.SessionId, Frame));

        string[] operations = ["start", "step", "save", "imagine", "describe", "end", "step"];
        Assert.Equal(operations.Select(operation => $"dreamer.{operation}"), stopped.Select(activity => activity.OperationName));
        Assert.Equal(operations, durations.Measurements.Select(m => m.Tags.Single(tag => tag.Key == "operation").Value));
        Assert.Equal(1L, stopped.ElementAt(1).GetTagItem("dreamer.episode.step"));
        Assert.Equal((ActivityStatusCode.Error, (object?)"unknown_session"), (stopped.Last().Status, stopped.Last().GetTagItem("error.type")));
        Assert.Single(durations.Measurements, m => m.Tags.Any(tag => tag.Key == "error.type"));
    }

    [Fact]
    public async Task The_decorator_that_was_added_first_is_the_outermost()
    {
        await using var inner = ServedAgent.Load();
        var order = new List<string>();
        var server = new AgentServerBuilder(inner)
            .Use(next => Note(next, "first"))
            .Use(next => Note(next, "second"))
            .Build();
        Assert.Equal(["second", "first"], order);
        Assert.NotSame(inner, server);
        Assert.Same(inner, new AgentServerBuilder(inner).UseLogging().Build());

        IAgentServer Note(IAgentServer next, string name)
        {
            order.Add(name);
            return new Failing(next);
        }
    }

    private static async Task CallAllAsync(IAgentServer server, string session)
    {
        await server.StepAsync(session, Frame);
        Assert.NotEmpty(await server.SaveAsync(session));
        Assert.Single(await server.ImagineAsync(session, 1));
        Assert.NotEmpty((await server.DescribeAsync(session)).Image);
        await server.EndAsync(session);
    }

    private sealed class Failing(IAgentServer inner) : DelegatingAgentServer(inner)
    {
        public override Task<AgentStep> StepAsync(string sessionId, StepInput input, CancellationToken cancellationToken = default) =>
            throw new NonFiniteOutputException("no number");
    }
}
