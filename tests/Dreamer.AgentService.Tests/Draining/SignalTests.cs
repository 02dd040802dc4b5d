using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using AgentService.Draining;
using AgentService.Load;
using Xunit;

namespace Dreamer.AgentService.Tests.Draining;

/// <summary>The service as a process of its own, told to end while it is in use.</summary>
public partial class SignalTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(nameof(Transport.Http))]
    [InlineData(nameof(Transport.WebSocket))]
    public async Task At_sigterm_everything_that_was_accepted_is_answered_and_the_process_ends_well(string transport)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var hang = new CancellationTokenSource(Hang);
        string[] settings = ["--Urls=http://127.0.0.1:0", "--Service:Echo=true", "--Service:DrainDelay=00:00:00.200"];
        var start = new ProcessStartInfo("dotnet", [typeof(DrainState).Assembly.Location, .. settings])
        {
            UseShellExecute = false, RedirectStandardOutput = true,
        };
        using var service = Process.Start(start)!;
        var log = new StringBuilder();
        Uri? address = null;
        while (!log.ToString().Contains("Application started", StringComparison.Ordinal))
        {
            var line = await service.StandardOutput.ReadLineAsync(hang.Token);
            Assert.NotNull(line);
            log.AppendLine(line);
            address = Listening().Match(line) is { Success: true } match ? new Uri(match.Groups["url"].Value) : address;
        }
        var rest = service.StandardOutput.ReadToEndAsync(hang.Token);

        using var output = new StringWriter();
        var run = new LoadRun(new LoadOptions
        {
            Url = address!, Sessions = 4, Duration = Hang, Transport = Enum.Parse<Transport>(transport), UntilGone = true, EpisodeLength = 10,
        }).RunAsync(output);
        using var http = new HttpClient { BaseAddress = address };
        long Count(string name, string text) => long.Parse(Regex.Match(text, $"{name}\":([0-9]+)", RegexOptions.None, Hang).Groups[1].Value);
        var looks = 0;
        do
        {
            looks++;
        }
        while (Count("answered", await http.GetStringAsync("v1/status", hang.Token)) < 200);
        using (var kill = Process.Start("kill", ["-TERM", $"{service.Id}"]))
        {
            await kill.WaitForExitAsync(hang.Token);
        }
        await service.WaitForExitAsync(hang.Token);
        await run;

        Assert.Equal(0, service.ExitCode);
        var stopped = Stopped().Match(await rest);
        var answered = long.Parse(stopped.Groups["answered"].Value);
        Assert.Equal(stopped.Groups["accepted"].Value, stopped.Groups["answered"].Value);
        Assert.Contains($"answers: {answered - looks}{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex("Now listening on: (?<url>[^ ]+)", RegexOptions.None, 10_000)]
    private static partial Regex Listening();

    [GeneratedRegex("Stopped: (?<accepted>[0-9]+) accepted, (?<answered>[0-9]+) answered", RegexOptions.None, 10_000)]
    private static partial Regex Stopped();
}
