using System.CommandLine;

namespace Dreamer.Training.Benchmarks;

/// <summary>The settings of the command line.</summary>
/// <param name="Names">The configurations, by name.</param>
/// <param name="Updates">The measured updates of each, after some to warm up.</param>
/// <param name="Threads">The threads of torch.</param>
/// <param name="Floor">Whether the floor is measured as well.</param>
/// <param name="Each">Whether the time of each update is printed.</param>
/// <param name="Half">Whether behavior is learnt with products of bfloat16.</param>
/// <param name="Act">Whether steps of live episodes are measured instead of updates.</param>
/// <param name="Sweep">The folder for the cost of an update against its sizes, which is then measured instead of configurations; or null.</param>
internal sealed record BenchmarkSettings(
    IReadOnlyList<string> Names, int Updates, int Threads, bool Floor, bool Each, bool Half, bool Act, string? Sweep)
{
    /// <summary>The command line of the program.</summary>
    /// <param name="known">The names of the configurations.</param>
    /// <param name="run">Runs the benchmark.</param>
    public static RootCommand CreateCommand(string[] known, Func<BenchmarkSettings, Task> run)
    {
        var names = new Argument<string[]>("configurations")
        {
            Description = "The configurations to measure; all by default.", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => known,
        };
        names.AcceptOnlyFromAmong(known);
        var updates = Count("--updates", "The measured updates of each, after some to warm up.", 10);
        var threads = Count("--threads", "The threads of torch.", 1);
        var noFloor = new Option<bool>("--no-floor") { Description = "Do not measure the floor." };
        var each = new Option<bool>("--each") { Description = "Print the time of each update." };
        var half = new Option<bool>("--half") { Description = "Learn behavior with products of bfloat16." };
        var act = new Option<bool>("--act") { Description = "Measure steps of live episodes instead of updates." };
        var sweep = new Option<string?>("--sweep") { Description = "Measure an update against its sizes, and write the results to this folder." };
        var command = new RootCommand("Measures training updates.") { names, updates, threads, noFloor, each, half, act, sweep };
        command.SetAction(parsed => run(new BenchmarkSettings(
            parsed.GetRequiredValue(names), parsed.GetValue(updates), parsed.GetValue(threads), !parsed.GetValue(noFloor),
            parsed.GetValue(each), parsed.GetValue(half), parsed.GetValue(act), parsed.GetValue(sweep))));
        return command;
    }

    private static Option<int> Count(string name, string description, int value)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"{name} must be at least 1.");
            }
        });
        return option;
    }
}
