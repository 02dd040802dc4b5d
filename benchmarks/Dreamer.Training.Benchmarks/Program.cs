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
    var floor = settings.Floor
        ? new Floor(UpdateKernels.Of(configuration, run.WorldModel, run.ActorCritic), settings.Threads)
        : null;
    floor?.Measure();
    List<UpdateTime> times = [.. Enumerable.Range(0, WarmUp + settings.Updates).Select(_ => run.Update()).Skip(WarmUp)];
    floor?.Measure();
    var compared = times.ConvertAll(t => t.Total.Of(settings.Threads));
    Console.WriteLine($"{configuration.Name}: {Median(times.Select(t => t.Total.Clock)):F1} ms an update, at least {times.Min(t => t.Total.Clock):F1}; " +
        $"processor {Median(times.Select(t => t.Total.Processor)):F1}, at least {times.Min(t => t.Total.Processor):F1}");
    var phases = TrainingPhases.All.Select(phase => $"{phase} {Median(times.Select(t => t.Phases.GetValueOrDefault(phase))):F1}");
    Console.WriteLine($"  {string.Join(", ", phases)}");
    if (settings.Each)
    {
        Console.WriteLine($"updates {string.Join(' ', times.Select(t => $"{t.Total.Clock:F3}/{t.Total.Processor:F3}"))}");
    }
    if (floor is null)
    {
        return;
    }
    foreach (var line in floor.Describe())
    {
        Console.WriteLine(line);
    }
    Console.WriteLine($"  floor {floor.AtPeak:F1} ms at the best rates, {floor.AtOwnShapes:F1} at the update's own shapes; " +
        $"the update is {compared.Min() / floor.AtPeak:F2}x and {compared.Min() / floor.AtOwnShapes:F2}x of it");
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
