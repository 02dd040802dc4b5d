using Dreamer.Training.Telemetry;
using Spectre.Console;

namespace Dreamer.Cli.Rendering;

/// <summary>Shows a training run: a live table in a terminal, a line at each progress report elsewhere.</summary>
internal sealed class TrainingView : ITrainingObserver
{
    private static readonly string[] Losses =
        [MetricNames.ImageLoss, MetricNames.KlLoss, MetricNames.RewardLoss, MetricNames.DiscountLoss, MetricNames.ActorEntropy, MetricNames.CriticLoss];

    private readonly IAnsiConsole _console;
    private readonly LiveDisplayContext? _live;
    private readonly Table _table;

    private TrainingView(IAnsiConsole console, LiveDisplayContext? live, Table table)
    {
        (_console, _live, _table) = (console, live, table);
    }

    /// <summary>Shows a run until it ends.</summary>
    /// <param name="console">The console to write to.</param>
    /// <param name="run">Starts the run with the given observer.</param>
    internal static async Task<T> ShowAsync<T>(IAnsiConsole console, Func<ITrainingObserver, Task<T>> run)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        return console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal
            ? await console.Live(table).StartAsync(live => run(new TrainingView(console, live, table)))
            : await run(new TrainingView(console, null, table));
    }

    /// <inheritdoc/>
    public void OnProgress(TrainingProgress progress)
    {
        var metrics = progress.Metrics.ToDictionary(m => m.Key, m => m.Value);
        var losses = Losses.Where(metrics.ContainsKey).Select(name => $"{name} {metrics[name]:F3}").ToArray();
        if (_live is null)
        {
            _console.WriteLine(
                $"  update {progress.Updates,5}/{progress.MaxUpdates}  step {progress.EnvironmentSteps,6}  {progress.UpdatesPerSecond,5:F1} updates/s  " +
                $"train return {Text(progress.TrainReturn)}  eval return {Text(progress.Evaluation?.MeanReturn)}  {string.Join("  ", losses)}");
            return;
        }

        _table.Rows.Clear();
        Row("updates", $"{progress.Updates} of at most {progress.MaxUpdates}, {progress.UpdatesPerSecond:F1} per second, {progress.TimeLeft:mm\\:ss} left at most");
        Row("environment steps", $"{progress.EnvironmentSteps} in {progress.Episodes} episodes");
        Row("return", $"training {Text(progress.TrainReturn)}, evaluation {Text(progress.Evaluation?.MeanReturn)}");
        Row("losses", string.Join(", ", losses));
        Row("time", $"{progress.Elapsed:mm\\:ss}");
        _live.Refresh();
    }

    /// <inheritdoc/>
    public void OnEvaluation(EvaluationResult result)
    {
        if (_live is null)
        {
            _console.WriteLine(
                $"  update {result.Updates,5}: greedy evaluation, return {result.Return}");
        }
    }

    /// <inheritdoc/>
    public void OnNotice(string message) => _console.WriteLine($"  {message}");

    private static string Text(double? value) => value is { } number ? $"{number,5:F2}" : "    -";

    private void Row(string name, string text) => _table.AddRow(new Text($"  {name}"), new Text(text));
}
