using BenchmarkDotNet.Running;
using Dreamer.Benchmarks;
using Dreamer.Benchmarks.Pipelines;
using Dreamer.Inference;

if (args is ["pipelines", var folder, .. var rest])
{
    using var agent = DreamerAgent.Load(folder);
    var rounds = rest is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 9;
    ObserveRates.Print(agent, rounds);
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(ActBenchmark).Assembly).Run(args);
