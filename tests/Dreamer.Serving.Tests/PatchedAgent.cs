using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dreamer.Inference;
using Dreamer.Inference.Onnx;

namespace Dreamer.Serving.Tests;

/// <summary>Copies of the repository's agent that are other agents.</summary>
internal static class PatchedAgent
{
    /// <summary>Changes the weights of a graph, and the hash in the manifest with them: a folder that is sound and computes something else.</summary>
    internal static string WithWeights(TemporaryFolder folder, string graph, Action<Span<float>> change)
    {
        var copy = CatchAgent.CopyTo(folder);
        var path = Path.Combine(copy, $"{graph}.onnx");
        var bytes = File.ReadAllBytes(path);
        var before = Convert.ToHexStringLower(SHA256.HashData(bytes));
        change(LargestWeights(bytes));
        File.WriteAllBytes(path, bytes);
        WithManifest(copy, manifest => manifest.Replace(before, Convert.ToHexStringLower(SHA256.HashData(bytes)), StringComparison.Ordinal));
        return copy;
    }

    /// <summary>Changes the text of a folder's manifest.</summary>
    internal static void WithManifest(string folder, Func<string, string> change)
    {
        var path = Path.Combine(folder, AgentManifest.FileName);
        File.WriteAllText(path, change(File.ReadAllText(path)));
    }

    /// <summary>Replaces what lies in a folder by what lies in another, the manifest last, as a deployment should.</summary>
    internal static void CopyOver(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from).OrderBy(file => Path.GetFileName(file) == AgentManifest.FileName))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    // ModelProto.graph = 7, GraphProto.initializer = 5, TensorProto.raw_data = 9 of the ONNX IR specification.
    private static Span<float> LargestWeights(byte[] model)
    {
        var (at, length) = (0, 0);
        var graphs = new ProtobufReader(model);
        while (graphs.Next())
        {
            if (graphs.Field != 7)
            {
                continue;
            }
            var initializers = new ProtobufReader(graphs.Bytes);
            while (initializers.Next())
            {
                if (initializers.Field != 5)
                {
                    continue;
                }
                var tensor = new ProtobufReader(initializers.Bytes);
                while (tensor.Next())
                {
                    if (tensor.Field == 9 && tensor.Bytes.Length > length)
                    {
                        at = (int)Unsafe.ByteOffset(ref model[0], ref MemoryMarshal.GetReference(tensor.Bytes));
                        length = tensor.Bytes.Length;
                    }
                }
            }
        }
        return MemoryMarshal.Cast<byte, float>(model.AsSpan(at, length));
    }
}
