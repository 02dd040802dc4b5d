using System.Globalization;
using Dreamer.Training.Benchmarks;
using Dreamer.Training.Native;
using Dreamer.Training.Telemetry;
using TorchSharp;

TorchRuntime.EnsureLoaded();
torch.set_num_threads(1);
Allocator.KeepFreedMemory();
Console.WriteLine($"matrix products by {MatrixProducts.Route}");
var names = args.Length > 0 ? args : [.. BenchmarkConfiguration.All.Select(c => c.Name)];
foreach (var configuration in BenchmarkConfiguration.All.Where(c => names.Contains(c.Name)))
{
    // As the trainer does it: updates run on a thread of their own.
    await Task.Factory.StartNew(() =>
    {
        using var run = new SyntheticRun(configuration);
        List<UpdateTime> times = [.. Enumerable.Range(0, 13).Select(_ => run.Update()).Skip(3)];
        Console.WriteLine($"{configuration.Name} {Median(times.Select(t => t.Total)):F1} min {times.Min(t => t.Total):F1} " +
            string.Join(' ', TrainingPhases.All.Select(p => $"{p} {Median(times.Select(t => t.Phases.GetValueOrDefault(p))):F1}")));
    }, TaskCreationOptions.LongRunning);
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
