using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Dreamer.MLNet.Tests.Execution;

/// <summary>
/// Every graph of the shipped agents, or of those under the folder that <c>DREAMER_AGENTS</c> names, runs under ML.NET's own ONNX step. Rollouts do
/// not: their rows are sequences of any length.
/// </summary>
public sealed class StockStepTests
{
    private const int Rows = 3;

    [Fact]
    public void Every_graph_gives_what_ONNX_Runtime_gives()
    {
        var root = Environment.GetEnvironmentVariable("DREAMER_AGENTS") ?? Path.Combine(RepositoryRoot(), "onnx");
        var folders = Directory.GetFiles(root, AgentManifest.FileName, SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!).ToList();
        Assert.NotEmpty(folders);
        foreach (var folder in folders)
        {
            Check(folder, AgentWeights.AsTrained);
            using var agent = DreamerAgent.Load(folder);
            if (agent.Manifest.Int8Graphs.Count > 0)
            {
                Check(folder, AgentWeights.Quantized);
            }
        }
    }

    private static void Check(string folder, AgentWeights weights)
    {
        var ml = new MLContext(1);
        // ML.NET leaves the number of threads to ONNX Runtime, and how many share a layer decides how its sums are rounded.
        var asMLNet = new AgentExecutionOptions { ConfigureSession = options => (options.IntraOpNumThreads, options.InterOpNumThreads) = (0, 0) };
        using var agent = DreamerAgent.Load(folder, asMLNet, weights);
        foreach (var manifest in agent.Manifest.Graphs.Where(graph => graph.Name != GraphNames.Rollout))
        {
            using var graph = agent.OpenGraph(manifest.Name);
            var rows = RandomRows(manifest);
            var view = ml.Data.LoadFromEnumerable(rows, Schema(manifest));
            var scored = agent.CreateOnnxEstimator(ml, manifest.Name).Fit(view).Transform(view);
            for (var row = 0; row < Rows; row++)
            {
                foreach (var (output, expected) in Run(graph, rows[row]))
                {
                    var found = output.Type == "uint8"
                        ? [.. scored.GetColumn<byte[]>(output.Name).ElementAt(row).Select(value => (float)value)]
                        : scored.GetColumn<float[]>(output.Name).ElementAt(row);
                    Assert.True(expected.AsSpan().SequenceEqual(found), $"{folder}: {manifest.File}, {output.Name}, row {row}");
                }
            }
        }
    }

    private static List<Row> RandomRows(GraphManifest graph)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, Rows).Select(_ =>
        {
            var row = new Row();
            foreach (var input in graph.Inputs)
            {
                if (input.Type == "uint8")
                {
                    random.NextBytes(row.Image = new byte[input.Size]);
                }
                else
                {
                    row.Set(input.Name, [.. Enumerable.Range(0, input.Size).Select(_ => random.NextSingle())]);
                }
            }
            return row;
        })];
    }

    private static SchemaDefinition Schema(GraphManifest graph)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        foreach (var column in schema.ToList())
        {
            if (graph.Inputs.FirstOrDefault(input => input.Name == column.ColumnName) is { } input)
            {
                column.ColumnType = new VectorDataViewType(input.Type == "uint8" ? NumberDataViewType.Byte : NumberDataViewType.Single, input.Shape.ToArray());
            }
            else
            {
                schema.Remove(column);
            }
        }
        return schema;
    }

    private static List<(TensorManifest Output, float[] Values)> Run(AgentGraph graph, Row row)
    {
        using var run = new RunOptions();
        var inputs = graph.Manifest.Inputs.Select(input =>
        {
            long[] shape = [1, .. input.Shape.Select(side => (long)side)];
            return input.Type == "uint8" ? OrtValue.CreateTensorValueFromMemory(row.Image, shape) : OrtValue.CreateTensorValueFromMemory(row.Get(input.Name), shape);
        }).ToArray();
        try
        {
            using var outputs = graph.Session.Run(run, [.. graph.Manifest.Inputs.Select(t => t.Name)], inputs, [.. graph.Manifest.Outputs.Select(t => t.Name)]);
            return [.. graph.Manifest.Outputs.Zip(outputs).Select(pair => (pair.First, pair.First.Type == "uint8"
                ? Array.ConvertAll(pair.Second.GetTensorDataAsSpan<byte>().ToArray(), value => (float)value)
                : pair.Second.GetTensorDataAsSpan<float>().ToArray()))];
        }
        finally
        {
            Array.ForEach(inputs, value => value.Dispose());
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Dreamer.sln")))
        {
            folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) ?? throw new DirectoryNotFoundException("No Dreamer.sln above the tests.");
        }
        return folder;
    }

    /// <summary>A column for every input that a graph may have.</summary>
    private sealed class Row
    {
        [ColumnName(TensorNames.Image)]
        public byte[] Image { get; set; } = [];

        [ColumnName(TensorNames.Vector)]
        public float[] Vector { get; set; } = [];

        [ColumnName(TensorNames.Embedding)]
        public float[] Embedding { get; set; } = [];

        [ColumnName(TensorNames.PrevLatent)]
        public float[] PrevLatent { get; set; } = [];

        [ColumnName(TensorNames.PrevAction)]
        public float[] PrevAction { get; set; } = [];

        [ColumnName(TensorNames.IsFirst)]
        public float[] IsFirst { get; set; } = [];

        [ColumnName(TensorNames.StochNoise)]
        public float[] StochNoise { get; set; } = [];

        [ColumnName(TensorNames.Latent)]
        public float[] Latent { get; set; } = [];

        [ColumnName(TensorNames.PosteriorLogits)]
        public float[] PosteriorLogits { get; set; } = [];

        [ColumnName(TensorNames.PosteriorStats)]
        public float[] PosteriorStats { get; set; } = [];

        [ColumnName(TensorNames.ActionNoise)]
        public float[] ActionNoise { get; set; } = [];

        public void Set(string tensor, float[] values) => Property(tensor).SetValue(this, values);

        public float[] Get(string tensor) => (float[])Property(tensor).GetValue(this)!;

        private static System.Reflection.PropertyInfo Property(string tensor) =>
            typeof(Row).GetProperty(string.Concat(tensor.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])))!;
    }
}
