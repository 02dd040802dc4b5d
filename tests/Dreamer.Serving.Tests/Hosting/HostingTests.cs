using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Dreamer.Serving.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task A_host_serves_its_agent_from_start_to_stop()
    {
        using var host = Build(services => services.AddDreamerAgent(o => o.Path = CatchAgent.Folder).UseLogging().UseTelemetry());
        await host.StartAsync();
        var (server, pool, health) = Of(host.Services);
        var info = await server.StartAsync();
        var step = await server.StepAsync(info.SessionId, ServedAgent.Frame(new byte[50]));
        Assert.Equal((1, 1, "catch"), (step.Step, pool.LiveSessions, server.Manifest.Name));
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new())).Status);

        await pool.ReloadAsync("nowhere");
        var degraded = await health.CheckHealthAsync(new());
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Contains("nowhere", degraded.Description, StringComparison.Ordinal);

        pool.Drain();
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(new())).Status);
        Assert.Equal(2, (await server.StepAsync(info.SessionId, ServedAgent.Frame(new byte[50]))).Step);
        await host.StopAsync();
        await Assert.ThrowsAnyAsync<AgentServingException>(() => server.StepAsync(info.SessionId, ServedAgent.Frame(new byte[50])));
    }

    [Fact]
    public async Task Several_agents_go_by_name_beside_the_default_one()
    {
        using var folder = new TemporaryFolder();
        var other = CatchAgent.CopyTo(folder);
        PatchedAgent.WithManifest(other, text => text.Replace("\"name\": \"catch\"", "\"name\": \"other\"", StringComparison.Ordinal));
        using var host = Build(services =>
        {
            services.AddDreamerAgent(o => o.Path = CatchAgent.Folder);
            services.AddDreamerAgent("second", o => o.Path = other);
        });
        await host.StartAsync();
        Assert.Equal("catch", host.Services.GetRequiredService<IAgentServer>().Manifest.Name);
        Assert.Equal("other", host.Services.GetRequiredKeyedService<IAgentServer>("second").Manifest.Name);
        Assert.Equal("other", host.Services.GetRequiredKeyedService<AgentPool>("second").Manifest.Name);
        Assert.Contains("other", (await host.Services.GetRequiredKeyedService<AgentHealthCheck>("second").CheckHealthAsync(new())).Description, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task Options_that_cannot_be_used_stop_the_start_and_are_all_listed()
    {
        using var host = Build(services => services.AddDreamerAgent("bad", o =>
        {
            o.Path = "nowhere";
            o.Sessions.MaxSessions = 0;
            o.Sessions.IdleTimeout = TimeSpan.Zero;
            o.Batching.MaxBatchSize = 5000;
            o.Batching.Window = TimeSpan.FromSeconds(1);
            o.Reload.PollInterval = TimeSpan.FromMilliseconds(1);
        }));
        var failures = (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures;
        Assert.Equal(
            [
                "Agent 'bad': Path is 'nowhere', which has no agent.json.",
                "Agent 'bad': Sessions.MaxSessions is 0; it is from 1 to 100000.",
                "Agent 'bad': Sessions.IdleTimeout is 00:00:00; it is from 00:00:01 to 30.00:00:00.",
                "Agent 'bad': Batching.MaxBatchSize is 5000; it is from 1 to 1024.",
                "Agent 'bad': Batching.Window is 00:00:01; it is from 00:00:00 to 00:00:00.1000000.",
                "Agent 'bad': Batching.StepTimeout is 00:00:01, but a step may already wait 00:00:01 for other steps: allow more.",
                "Agent 'bad': Reload.PollInterval is 00:00:00.0010000; it is from 00:00:00.1000000 to 1.00:00:00.",
            ],
            failures);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_named_with_what_is_allowed(Action<DreamerAgentOptions> mistake, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => ServedAgent.Load(mistake));
        Assert.Contains($"- {message}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gpu_that_is_not_there_stops_the_start_and_says_what_to_do_or_is_logged_and_the_cpu_serves()
    {
        var execution = new AgentExecutionOptions { GpuDeviceId = 0, GpuMemoryLimit = 1 << 30 };
        using var strict = Build(services => services.AddDreamerAgent(o => (o.Path, o.Execution) = (CatchAgent.Folder, execution)));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => strict.StartAsync());
        Assert.Contains("cannot run on GPU 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", error.Message, StringComparison.Ordinal);

        using var log = new ListLogger();
        await using var lenient = AgentPool.Load(ServedAgent.Options(o => o.Execution = execution with { FallbackToCpu = true }), loggers: log);
        await using var session = await lenient.RentAsync();
        Assert.Equal(1, (await session.StepAsync(ServedAgent.Frame(new byte[50]))).Step);
        Assert.Contains(log.Lines, line => line.StartsWith("Warning: Agent 'catch' was to run on GPU 0 and runs on the CPU: ", StringComparison.Ordinal));
    }

    public static TheoryData<Action<DreamerAgentOptions>, string> Mistakes() => new()
    {
        { o => o.Path = " ", "Path is empty" },
        { o => o.Weights = (AgentWeights)5, "Weights is 5" },
        { o => o.Outputs = (AgentOutputs)64, "Outputs is 64" },
        { o => o.Execution = new() { GpuDeviceId = -1 }, "Execution is null, names a GPU below 0" },
        { o => o.Sessions = null!, "Sessions, Batching or Reload is null" },
        { o => o.Sessions.MaxWaiting = -1, "Sessions.MaxWaiting is -1; it is from 0 to 100000" },
        { o => o.Sessions.MaxHorizon = 1001, "Sessions.MaxHorizon is 1001; it is from 1 to 1000" },
        { o => o.Sessions.RentTimeout = TimeSpan.FromSeconds(-1), "Sessions.RentTimeout is -00:00:01" },
        { o => o.Batching.MaxQueued = 0, "Batching.MaxQueued is 0" },
        { o => o.Batching.Workers = 65, "Batching.Workers is 65; it is from 1 to 64" },
        { o => o.Batching.StepTimeout = TimeSpan.Zero, "Batching.StepTimeout is 00:00:00" },
        { o => o.Reload.MaxRetired = 101, "Reload.MaxRetired is 101; it is from 0 to 100" },
    };

    private static IHost Build(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMetrics();
        configure(builder.Services);
        return builder.Build();
    }

    private static (IAgentServer Server, AgentPool Pool, AgentHealthCheck Health) Of(IServiceProvider services) =>
        (services.GetRequiredService<IAgentServer>(), services.GetRequiredService<AgentPool>(), services.GetRequiredService<AgentHealthCheck>());
}
