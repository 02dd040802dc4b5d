using Dreamer.Inference;
using Microsoft.Extensions.Options;

namespace Dreamer.Serving;

/// <summary>Lists everything that is wrong with the options of a served agent.</summary>
internal sealed class DreamerAgentOptionsValidator : IValidateOptions<DreamerAgentOptions>
{
    private const int MostSessions = 100_000;
    private const int MostRows = 1024;
    private const int MostWorkers = 64;
    private const int LongestHorizon = 1000;
    private const int MostRetired = 100;

    public ValidateOptionsResult Validate(string? name, DreamerAgentOptions options)
    {
        var errors = Errors(options);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(
            errors.Select(error => string.IsNullOrEmpty(name) ? error : $"Agent '{name}': {error}"));
    }

    /// <exception cref="ArgumentException">Something is wrong; the message lists all of it.</exception>
    internal static void ThrowIfInvalid(DreamerAgentOptions options)
    {
        if (Errors(options) is { Count: > 0 } errors)
        {
            throw new ArgumentException(
                $"The agent cannot be served like this:{string.Concat(errors.Select(error => $"{Environment.NewLine}  - {error}"))}", nameof(options));
        }
    }

    private static List<string> Errors(DreamerAgentOptions options)
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            errors.Add($"{nameof(options.Path)} is empty; it names the agent folder, the one that holds {AgentManifest.FileName}.");
        }
        else if (!File.Exists(Path.Combine(options.Path, AgentManifest.FileName)))
        {
            errors.Add($"{nameof(options.Path)} is '{options.Path}', which has no {AgentManifest.FileName}.");
        }
        if (!Enum.IsDefined(options.Weights))
        {
            errors.Add($"{nameof(options.Weights)} is {options.Weights}; it is {AgentWeights.AsTrained} or {AgentWeights.Quantized}.");
        }
        if ((options.Outputs & ~(AgentOutputs.All | AgentOutputs.Imagination)) != AgentOutputs.None)
        {
            errors.Add($"{nameof(options.Outputs)} is {options.Outputs}; allowed are {AgentOutputs.All} and {AgentOutputs.Imagination}.");
        }
        if (options.Execution is null or { GpuDeviceId: < 0 } or { GpuMemoryLimit: < 1 })
        {
            errors.Add($"{nameof(options.Execution)} is null, names a GPU below 0, or allows it less than a byte.");
        }
        if (options.Sessions is null || options.Batching is null || options.Reload is null)
        {
            errors.Add($"{nameof(options.Sessions)}, {nameof(options.Batching)} or {nameof(options.Reload)} is null.");
            return errors;
        }
        Sessions(errors, options.Sessions);
        Batching(errors, options.Batching);
        Between(errors, "Reload.MaxRetired", options.Reload.MaxRetired, 0, MostRetired);
        if (options.Reload.PollInterval is { } interval)
        {
            Between(errors, "Reload.PollInterval", interval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
        }
        return errors;
    }

    private static void Sessions(List<string> errors, SessionPoolOptions sessions)
    {
        Between(errors, "Sessions.MaxSessions", sessions.MaxSessions, 1, MostSessions);
        Between(errors, "Sessions.MaxWaiting", sessions.MaxWaiting, 0, MostSessions);
        Between(errors, "Sessions.MaxHorizon", sessions.MaxHorizon, 1, LongestHorizon);
        Between(errors, "Sessions.RentTimeout", sessions.RentTimeout, TimeSpan.Zero, TimeSpan.FromHours(1));
        Between(errors, "Sessions.IdleTimeout", sessions.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
    }

    private static void Batching(List<string> errors, BatchingOptions batching)
    {
        Between(errors, "Batching.MaxBatchSize", batching.MaxBatchSize, 1, MostRows);
        Between(errors, "Batching.MaxQueued", batching.MaxQueued, 1, MostSessions);
        Between(errors, "Batching.Workers", batching.Workers, 1, MostWorkers);
        Between(errors, "Batching.Window", batching.Window, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        Between(errors, "Batching.StepTimeout", batching.StepTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        if (batching.StepTimeout <= batching.Window)
        {
            errors.Add($"Batching.StepTimeout is {batching.StepTimeout}, but a step may already wait {batching.Window} for other steps: allow more.");
        }
    }

    private static void Between<T>(List<string> errors, string name, T found, T least, T most)
        where T : IComparable<T>
    {
        if (found.CompareTo(least) < 0 || found.CompareTo(most) > 0)
        {
            errors.Add($"{name} is {found}; it is from {least} to {most}.");
        }
    }
}
