using System.Security.Cryptography;
using Dreamer.Inference;
using Dreamer.Inference.IO;
using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;
using Google.Protobuf;
using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>The file of a graph with its test data.</summary>
/// <param name="Manifest">Its entry in the manifest.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Inputs">Its inputs on the test data, in order.</param>
/// <param name="Outputs">Its outputs on the test data, in order.</param>
internal sealed record ExportedFile(
    GraphManifest Manifest, byte[] Bytes, IReadOnlyList<(string Name, Tensor Value)> Inputs, IReadOnlyList<(string Name, Tensor Value)> Outputs)
{
    /// <summary>Creates the file of a graph, with TorchSharp's outputs for its example.</summary>
    public static ExportedFile Create(ModelProto model, ExampleStep example)
    {
        var (name, bytes) = (example.Graph.Traced.Name, model.ToByteArray());
        var inputs = example.Graph.Traced.Inputs.Select(input => (input.Name, example.Inputs[input.Name]));
        return new ExportedFile(Describe(name, $"{name}.onnx", model.Graph, bytes), bytes, [.. inputs], example.Outputs);
    }

    /// <summary>Creates the file of the graph with int8 weights, with ONNX Runtime's outputs for the same example: TorchSharp cannot run it.</summary>
    public ExportedFile Quantized(ModelProto model)
    {
        var (name, bytes) = (Manifest.Name, model.ToByteArray());
        using var session = new OnnxSession(bytes);
        var found = session.Run(Inputs.ToDictionary(input => input.Name, input => input.Value));
        return new ExportedFile(
            Describe(name, $"{name}.int8.onnx", model.Graph, bytes), bytes, Inputs, [.. Manifest.Outputs.Select(output => (output.Name, found[output.Name]))]);
    }

    /// <summary>Writes the graph and its test data.</summary>
    /// <param name="folder">The agent folder.</param>
    public void Write(string folder)
    {
        AtomicFile.WriteAllBytes(Path.Combine(folder, Manifest.File), Bytes);
        var data = Path.Combine(folder, AgentManifest.TestDataFolder, Path.GetFileNameWithoutExtension(Manifest.File));
        foreach (var (kind, tensors) in ((string, IReadOnlyList<(string Name, Tensor Value)>)[])[("input", Inputs), ("output", Outputs)])
        {
            foreach (var (index, (name, value)) in tensors.Index())
            {
                AtomicFile.WriteAllBytes(Path.Combine(data, $"{kind}_{index}.pb"), OnnxTensors.ToProto(name, value).ToByteArray());
            }
        }
    }

    private static GraphManifest Describe(string name, string file, GraphProto graph, byte[] bytes) => new(
        name, file, Convert.ToHexStringLower(SHA256.HashData(bytes)), [.. graph.Input.Select(Describe)], [.. graph.Output.Select(Describe)]);

    private static TensorManifest Describe(ValueInfoProto value)
    {
        var tensor = value.Type.TensorType;
        return new TensorManifest(
            value.Name,
            tensor.ElemType == ElementType.UInt8 ? "uint8" : "float32",
            [.. tensor.Shape.Dim.Skip(1).Select(size => size.HasDimParam ? TensorManifest.Horizon : (int)size.DimValue)]);
    }
}
