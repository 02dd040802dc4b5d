using Dreamer.Training.Benchmarks;
using Dreamer.Training.Native;
using Dreamer.Training.Telemetry;
using TorchSharp;

const int WarmUp = 3;

var settings = BenchmarkSettings.Parse(args, [.. BenchmarkConfiguration.All.Select(c => c.Name)]);
TorchRuntime.EnsureLoaded();
Allocator.KeepFreedMemory();
Console.WriteLine($"matrix products by {MatrixProducts.Route}, {settings.Threads} thread(s)");
foreach (var configuration in BenchmarkConfiguration.All.Where(c => settings.Names.Contains(c.Name)))
{
    // As the trainer does it: updates run on a thread of their own.
    await Task.Factory.StartNew(() => Measure(configuration), TaskCreationOptions.LongRunning);
}

void Measure(BenchmarkConfiguration configuration)
{
    torch.set_num_threads(settings.Threads);
    using var run = new SyntheticRun(configuration);
    List<UpdateTime> times = [.. Enumerable.Range(0, WarmUp + settings.Updates).Select(_ => run.Update()).Skip(WarmUp)];
    Console.WriteLine($"{configuration.Name} {Median(times.Select(t => t.Total)):F1} min {times.Min(t => t.Total):F1} " +
        $"processor {Median(times.Select(t => t.Processor)):F1} min {times.Min(t => t.Processor):F1} " +
        string.Join(' ', TrainingPhases.All.Select(p => $"{p} {Median(times.Select(t => t.Phases.GetValueOrDefault(p))):F1}")));
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
