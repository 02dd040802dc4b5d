using System.Globalization;
using BenchmarkDotNet.Running;
using Dreamer.Benchmarks;
using Dreamer.Benchmarks.Loading;
using Dreamer.Benchmarks.Pipelines;
using Dreamer.Benchmarks.Serving;
using Dreamer.Inference;

switch (args)
{
    case ["pipelines", var folder, .. var rest]:
        using (var agent = DreamerAgent.Load(folder))
        {
            ObserveRates.Print(agent, Rounds(rest));
        }
        break;
    case ["chain", var folder, .. var rest]:
        using (var agent = DreamerAgent.Load(folder))
        {
            ChainRates.Print(agent, Rounds(rest));
        }
        break;
    case ["engine", var folder, .. var rest]:
        using (var agent = DreamerAgent.Load(folder))
        {
            EngineRates.Print(agent, Rounds(rest));
        }
        break;
    case ["memory", var folder, .. var rest]:
        ScoringMemory.Print(folder, Rounds(rest));
        break;
    case [ScoringMemory.Argument, var folder, var pattern]:
        ScoringMemory.Score(folder, pattern);
        break;
    case ["loading", var folder, .. var rest]:
        LoadingRace.Print(folder, Rounds(rest));
        break;
    case ["act", var folder, .. var rest]:
        ActRace.Print(folder, Rounds(rest));
        break;
    case ["serving", var folder, .. var rest]:
        ServingRates.Print(folder, Rounds(rest));
        break;
    case [LoadingRace.Argument, var way, var folder]:
        LoadingWay.Run(way, folder);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ActBenchmark).Assembly).Run(args);
        break;
}

static int Rounds(string[] rest) => rest is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 9;
