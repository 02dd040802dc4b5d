namespace Dreamer.Fuzzing;

/// <summary>What a file of an agent folder is.</summary>
internal enum FileKind
{
    /// <summary><c>agent.json</c>.</summary>
    Manifest,

    /// <summary>An ONNX graph.</summary>
    Graph,

    /// <summary>An input or an output of a graph in <c>test_data</c>.</summary>
    TestData,
}
