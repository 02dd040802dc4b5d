#:project ../Dreamer.Training
#:package TorchSharp-cpu
#:package Microsoft.ML.OnnxRuntime

// A short run in memory, exported as an agent folder. Without the limits below, the preset learns Catch in about a minute.
using Dreamer.Training;

var folder = Path.Combine(Path.GetTempPath(), "dreamer-sample-agent");
using var trainer = new DreamerTrainer(DreamerPresets.Catch with { Seed = 1, MaxUpdates = 20, PretrainUpdates = 1 });
var result = await trainer.RunAsync();
await trainer.ExportAsync(folder);
Console.WriteLine($"{result.Reason} after {result.Updates} updates: {folder}");
