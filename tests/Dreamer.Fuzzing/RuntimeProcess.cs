using System.Diagnostics;
using System.Globalization;

namespace Dreamer.Fuzzing;

/// <summary>A process that gives damaged files to ONNX Runtime, started anew where it ends.</summary>
internal sealed class RuntimeProcess(string folder) : IDisposable
{
    private readonly string _work = Directory.CreateTempSubdirectory("dreamer-fuzz-").FullName;
    private Process? _process;

    /// <summary>Gives a file to ONNX Runtime.</summary>
    /// <param name="fuzzed">The file.</param>
    /// <param name="patience">After what time a process that says nothing is ended.</param>
    internal RuntimeVerdict Run(FuzzCase fuzzed, TimeSpan patience)
    {
        var path = Path.Combine(_work, "case");
        File.WriteAllBytes(path, fuzzed.Bytes);
        _process ??= Start();
        try
        {
            _process.StandardInput.WriteLine(string.Join('\t', fuzzed.Kind, fuzzed.Graph, fuzzed.File, path));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            return End("before it read the case");
        }
        var answer = _process.StandardOutput.ReadLineAsync();
        if (!answer.Wait(patience))
        {
            End("");
            return new RuntimeVerdict(RuntimeOutcome.Hung, string.Create(CultureInfo.InvariantCulture, $"no answer in {patience.TotalSeconds} s"));
        }
        return answer.Result?.Split('\t', 2) is [var outcome, var text]
            ? new RuntimeVerdict(Enum.Parse<RuntimeOutcome>(outcome), text) : End("while it had the case");
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            End("");
        }
        Directory.Delete(_work, recursive: true);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])[typeof(RuntimeProcess).Assembly.Location, RuntimeLoop.Argument, folder, _work])
        {
            start.ArgumentList.Add(argument);
        }
        // So that little address space is set aside, and a limit on all of it can be set.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x20000000";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private RuntimeVerdict End(string when)
    {
        using var process = _process!;
        _process = null;
        if (!process.WaitForExit(TimeSpan.FromSeconds(when.Length > 0 ? 5 : 0)))
        {
            process.Kill();
            process.WaitForExit();
        }
        return new RuntimeVerdict(RuntimeOutcome.Died, string.Create(CultureInfo.InvariantCulture, $"exit code {process.ExitCode} {when}"));
    }
}
