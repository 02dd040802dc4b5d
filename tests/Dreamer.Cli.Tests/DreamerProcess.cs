using System.Diagnostics;
using System.Text;
using Dreamer.Cli.Commands;
using Xunit;

namespace Dreamer.Cli.Tests;

/// <summary>Runs <c>dreamer</c> in a process of its own.</summary>
internal sealed class DreamerProcess : IDisposable
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly SemaphoreSlim _written = new(0);

    internal DreamerProcess(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(DreamerCommandLine).Assembly.Location);
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Append(e.Data);
        _process.ErrorDataReceived += (_, e) => Append(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Runs to the end.</summary>
    internal static async Task<(int ExitCode, string Output)> RunAsync(params string[] args)
    {
        using var process = new DreamerProcess(args);
        return (await process.ExitAsync(), process.Output);
    }

    /// <summary>Waits until the output contains a text.</summary>
    internal async Task WaitForAsync(string text)
    {
        using var timeout = new CancellationTokenSource(Hang);
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"ended before it printed '{text}':{Environment.NewLine}{Output}");
            await _written.WaitAsync(TimeSpan.FromSeconds(1), timeout.Token);
        }
    }

    /// <summary>What Ctrl+C sends.</summary>
    internal void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>What nothing can catch.</summary>
    internal void Kill() => _process.Kill(entireProcessTree: true);

    internal async Task<int> ExitAsync()
    {
        using var timeout = new CancellationTokenSource(Hang);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }
        _process.Dispose();
        _written.Dispose();
    }

    private void Append(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (_output)
        {
            _output.AppendLine(line);
        }
        _written.Release();
    }
}
