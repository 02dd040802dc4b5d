using System.IO.Compression;
using System.Text.Json;
using Dreamer.Inference;
using Dreamer.Inference.IO;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Persistence;

/// <summary>
/// Saves and loads pipelines of this library's steps in its own format, a zip archive, with ML.NET's public API only.
/// </summary>
/// <remarks>
/// <c>mlContext.Model.Save</c> and <c>Load</c> are the usual way and take any step. This one does not depend on how ML.NET finds
/// classes of other assemblies, and the archive can be read by anything that unzips. Thread-safe.
/// </remarks>
public static class DreamerPipeline
{
    private const string Contents = "pipeline.json";
    private const long LargestPart = 1L << 30;
    private const int MostSteps = 256;

    /// <summary>Saves a pipeline.</summary>
    /// <param name="model">One of this library's transformers, or a chain of them.</param>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="NotSupportedException">A step is not this library's.</exception>
    public static void Save(ITransformer model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var steps = Flatten(model).Select(step => (Kind: step.Kind.Name, Parts: TransformerParts.From(step))).ToArray();
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            var contents = new SavedPipeline(
                SavedPipeline.CurrentFormatVersion, [.. steps.Select(step => new SavedTransformer(step.Kind, [.. step.Parts.Select(part => part.Key)]))]);
            Write(archive, Contents, OptionsJson.Write(contents, SavedPipelineJson.Default.SavedPipeline));
            for (var i = 0; i < steps.Length; i++)
            {
                foreach (var (name, content) in steps[i].Parts)
                {
                    Write(archive, EntryName(i, name), content.Span);
                }
            }
        });
    }

    /// <summary>Loads a pipeline.</summary>
    /// <param name="mlContext">The context; its <c>GpuDeviceId</c> and <c>FallbackToCpu</c> apply.</param>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <returns>The pipeline; the caller may dispose it.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is not a saved pipeline; the message says why.</exception>
    /// <exception cref="InvalidAgentException">The manifest or a graph in the file is damaged.</exception>
    public static TransformerChain<ITransformer> Load(MLContext mlContext, string path)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var execution = mlContext.GpuDeviceId is { } device
            ? new AgentExecutionOptions { GpuDeviceId = device, FallbackToCpu = mlContext.FallbackToCpu } : null;
        using var archive = ZipFile.OpenRead(path);
        var contents = OptionsJson.Read(Read(archive, Contents, path), SavedPipelineJson.Default.SavedPipeline, $"'{Contents}' of '{path}'");
        if (contents.FormatVersion != SavedPipeline.CurrentFormatVersion || contents.Transformers.Count > MostSteps)
        {
            throw new InvalidDataException(
                $"'{path}' has the format version {contents.FormatVersion} and {contents.Transformers.Count} steps; version " +
                $"{SavedPipeline.CurrentFormatVersion} and at most {MostSteps} steps are read.");
        }

        var loaded = new List<ITransformer>();
        try
        {
            foreach (var (step, i) in contents.Transformers.Select((step, i) => (step, i)))
            {
                var parts = step.Parts.ToDictionary(name => name, name => Read(archive, EntryName(i, name), path));
                loaded.Add(TransformerFactory.Create(execution, step.Kind, parts));
            }
        }
        catch
        {
            loaded.ForEach(step => ((IDisposable)step).Dispose());
            throw;
        }
        return new TransformerChain<ITransformer>([.. loaded]);
    }

    private static IEnumerable<DreamerTransformer> Flatten(ITransformer model) => model switch
    {
        DreamerTransformer step => [step],
        IEnumerable<ITransformer> chain => chain.SelectMany(Flatten),
        _ => throw new NotSupportedException(
            $"The pipeline has a {model.GetType().Name}, which is not a step of Dreamer.MLNet: save it with mlContext.Model.Save."),
    };

    private static string EntryName(int step, string part) => $"{step}/{part}";

    private static void Write(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        stream.Write(content);
    }

    private static ReadOnlyMemory<byte> Read(ZipArchive archive, string name, string path)
    {
        var entry = archive.GetEntry(name) ?? throw new InvalidDataException($"'{path}' is not a saved pipeline: it has no entry '{name}'.");
        if (entry.Length > LargestPart)
        {
            throw new InvalidDataException($"Entry '{name}' of '{path}' has {entry.Length} bytes; at most {LargestPart} are read.");
        }
        var content = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(content);
        return content;
    }
}
