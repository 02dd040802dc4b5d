using BenchmarkDotNet.Running;
using Dreamer.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ActBenchmark).Assembly).Run(args);
