using System.Text.Json.Nodes;
using Dreamer.Training.Telemetry;
using Xunit;

namespace Dreamer.Training.Tests.Telemetry;

public sealed class MetricsLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metrics").FullName;

    private string LogPath => Path.Combine(_folder, MetricsLog.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_line_can_be_read_while_the_log_is_open()
    {
        using var log = new MetricsLog(LogPath, keep: 0);
        log.Write(10, 200, [new("loss", 1.5), new("broken", double.NaN)]);
        using var reader = new StreamReader(new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var line = JsonNode.Parse(reader.ReadLine()!)!;
        Assert.Equal(10, (int)line["update"]!);
        Assert.Equal(200, (int)line["env_steps"]!);
        Assert.Equal(1.5, (double)line["loss"]!);
        Assert.Null(line["broken"]);
    }

    [Fact]
    public void A_resumed_run_writes_later_lines_anew()
    {
        using (var log = new MetricsLog(LogPath, keep: 0))
        {
            Array.ForEach([10, 20, 30], update => log.Write(update, update, [new("run", 1)]));
        }
        using (var stream = new StreamWriter(LogPath, append: true))
        {
            stream.Write("{\"update\":20,\"cu");
        }
        using (var log = new MetricsLog(LogPath, keep: 2))
        {
            log.Write(30, 30, [new("run", 2)]);
        }
        var lines = File.ReadAllLines(LogPath).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal([(10, 1), (20, 1), (30, 2)], lines.Select(line => ((int)line["update"]!, (int)line["run"]!)));
    }

    [Fact]
    public void Metrics_are_means_in_the_order_of_their_first_coming()
    {
        var metrics = new MetricSet();
        metrics.Add("b", 1);
        metrics.Add("a", 5);
        metrics.Add("b", 3);
        Assert.Equal([new("b", 2), new("a", 5)], metrics.Means());
        Assert.Null(metrics.Mean("c"));
        metrics.Clear();
        Assert.True(metrics.IsEmpty);
    }
}
