using Dreamer.Benchmarks;
using Dreamer.Training.Benchmarks;
using Dreamer.Training.Benchmarks.Sweeps;
using Dreamer.Training.Native;
using Dreamer.Training.Telemetry;
using TorchSharp;

return await BenchmarkSettings.CreateCommand([.. BenchmarkConfiguration.All.Select(c => c.Name)], RunAsync).Parse(args).InvokeAsync();

async Task RunAsync(BenchmarkSettings settings)
{
    TorchRuntime.EnsureLoaded();
    Allocator.KeepFreedMemory();
    Console.WriteLine($"matrix products by {MatrixProducts.Route}, {settings.Threads} thread(s){(settings.Half ? ", behavior by bfloat16" : "")}");
    if (settings.Sweep is { } folder)
    {
        await Task.Factory.StartNew(() => UpdateSweep.Write(folder, settings), TaskCreationOptions.LongRunning);
        return;
    }
    foreach (var configuration in BenchmarkConfiguration.All.Where(c => settings.Names.Contains(c.Name)))
    {
        // Like the trainer: updates run on a dedicated thread.
        await Task.Factory.StartNew(
            () => Measure(settings.Half ? configuration.WithHalfPrecision() : configuration, settings), TaskCreationOptions.LongRunning);
    }
}

void Measure(BenchmarkConfiguration configuration, BenchmarkSettings settings)
{
    torch.set_num_threads(settings.Threads);
    if (settings.Act)
    {
        ActRace.Print(configuration);
        return;
    }
    using var run = new SyntheticRun(configuration);
    var floor = settings.Floor
        ? new Floor(UpdateKernels.Of(configuration, run.WorldModel, run.ActorCritic), settings.Threads)
        : null;
    floor?.Measure();
    var times = run.Updates(settings.Updates);
    floor?.Measure();
    var compared = times.Select(t => t.Total.Of(settings.Threads));
    Console.WriteLine($"{configuration.Name}: {Medians.Of(times.Select(t => t.Total.Clock)):F1} ms an update, at least {times.Min(t => t.Total.Clock):F1}; " +
        $"processor {Medians.Of(times.Select(t => t.Total.Processor)):F1}, at least {times.Min(t => t.Total.Processor):F1}");
    var phases = TrainingPhases.All.Select(phase => $"{phase} {Medians.Of(times.Select(t => t.Phases.GetValueOrDefault(phase))):F1}");
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
