using Dreamer.Fuzzing.Mutations;
using Dreamer.Inference;
using Dreamer.Inference.Inspection;
using Dreamer.Inference.Onnx;
using Dreamer.Inference.Verification;

namespace Dreamer.Fuzzing;

/// <summary>A damaged file.</summary>
/// <param name="Number">Which case it is.</param>
/// <param name="Kind">What the file is.</param>
/// <param name="File">Its path in the folder.</param>
/// <param name="Graph">The graph that it belongs to; empty for the manifest.</param>
/// <param name="Bytes">What stands in it.</param>
internal sealed record FuzzCase(int Number, FileKind Kind, string File, string Graph, byte[] Bytes)
{
    private const int KindsInTurn = 10;

    /// <summary>Damages a file of a folder.</summary>
    /// <param name="source">The folder as it was exported.</param>
    /// <param name="seed">Decides, with the number, which file and how.</param>
    /// <param name="number">Which case: 4 of 10 are graphs, 4 the manifest, 2 test data.</param>
    internal static FuzzCase Of(AgentFiles source, int seed, int number)
    {
        var random = new Random(HashCode(seed, number));
        var kind = (number % KindsInTurn) switch { < 4 => FileKind.Graph, < 8 => FileKind.Manifest, _ => FileKind.TestData };
        var candidates = source.Files.Where(file => file.Kind == kind).ToList();
        var file = candidates[random.Next(candidates.Count)];
        var isRaw = random.Next(3) == 0;
        var bytes = (kind, isRaw) switch
        {
            (_, true) => ByteMutation.Of(file.Bytes, random),
            (FileKind.Manifest, _) => JsonMutation.Of(file.Bytes, random),
            (FileKind.Graph, _) => OnnxMutation.Of(file.Bytes, OnnxMessage.Model, random),
            _ => OnnxMutation.Of(file.Bytes, OnnxMessage.Tensor, random),
        };
        return new FuzzCase(number, kind, file.Path, file.Graph, bytes);
    }

    /// <summary>What the product does with the file before ONNX Runtime sees it.</summary>
    /// <exception cref="InvalidAgentException">It is refused.</exception>
    internal void CheckBounded()
    {
        switch (Kind)
        {
            case FileKind.Manifest:
                AgentManifest.FromJson(Bytes);
                break;
            case FileKind.Graph:
                OnnxModel.Read(Bytes);
                OnnxModel.Read(Bytes);
                break;
            default:
                TensorFile.Parse(Bytes);
                break;
        }
    }

    public override string ToString() => $"case {Number}, {File}";

    // That of the framework is another in every process.
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) ^ (number * 7919));
}
