namespace Dreamer.Benchmarks;

/// <summary>The agent of full size that a benchmark is run on.</summary>
internal static class FullSizeAgent
{
    /// <summary>The environment variable that names its folder.</summary>
    public const string Variable = "DREAMER_BENCHMARK_AGENT";

    public static string Folder => Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException(
        $"Set {Variable} to an agent folder; dreamer export --preset atari --image 64x64x1 --actions 18 --quantize int8 --out FOLDER writes one.");
}
