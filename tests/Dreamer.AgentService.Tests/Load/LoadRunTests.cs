using AgentService.Load;
using Xunit;

namespace Dreamer.AgentService.Tests.Load;

public class LoadRunTests
{
    [Theory]
    [InlineData(nameof(Transport.Http))]
    [InlineData(nameof(Transport.WebSocket))]
    public async Task A_run_counts_what_the_service_counts_and_finds_no_error(string transport)
    {
        await using var host = await ServiceHost.StartAsync("Service:Echo=true");
        using var output = new StringWriter();
        var held = await new LoadRun(Options(host) with { Transport = Enum.Parse<Transport>(transport) }).RunAsync(output);
        Assert.True(held, output.ToString());
        Assert.Contains("errors    none", output.ToString(), StringComparison.Ordinal);
        await host.StopAsync();
        Assert.Equal(host.Drain.AcceptedCount, host.Drain.AnsweredCount);
        Assert.Contains($"answers: {host.Drain.AnsweredCount}{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_clients_are_turned_away_and_that_is_an_error_unless_it_is_expected()
    {
        await using var host = await ServiceHost.StartAsync("Service:Echo=true", "Agent:Sessions:MaxSessions=1");
        using var output = new StringWriter();
        Assert.False(await new LoadRun(Options(host)).RunAsync(output));
        Assert.Contains("x urn:dreamer:problem:pool-full", output.ToString(), StringComparison.Ordinal);
        Assert.True(await new LoadRun(Options(host) with { RejectionsAllowed = true }).RunAsync(output), output.ToString());
        Assert.Contains("rejected", output.ToString(), StringComparison.Ordinal);
    }

    private static LoadOptions Options(ServiceHost host) =>
        new() { Url = host.Address, Sessions = 3, Duration = TimeSpan.FromSeconds(1), EpisodeLength = 5 };
}
