using Xunit;

namespace Dreamer.AgentService.Tests;

/// <summary>Waits for what comes about by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    /// <summary>Asks again and again until it holds.</summary>
    internal static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var hang = new CancellationTokenSource(Hang);
        while (!await condition())
        {
            Assert.False(hang.IsCancellationRequested, "It never came about.");
            await Task.Delay(10);
        }
    }

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}})"/>
    internal static Task HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));
}
