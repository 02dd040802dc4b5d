using Dreamer.Training.Tracing;
using Dreamer.Training.Tracing.Protobuf;

namespace Dreamer.Training.Export;

/// <summary>Whether two traces of one network are the same graph.</summary>
internal static class GraphComparison
{
    /// <summary>The first difference of two graphs, ignoring the declared shapes of inputs and outputs; null if there is none.</summary>
    public static string? Difference(GraphProto first, GraphProto second)
    {
        if (NamesDiffer(first.Output, second.Output) is { } outputs)
        {
            return $"the outputs are {outputs}";
        }
        foreach (var (one, two) in first.Node.Zip(second.Node))
        {
            if (!one.Equals(two))
            {
                return $"a node is {Text(one)} in one and {Text(two)} in the other";
            }
        }
        if (first.Node.Count != second.Node.Count)
        {
            return $"one has {first.Node.Count} nodes, the other {second.Node.Count}";
        }
        foreach (var (one, two) in first.Initializer.Zip(second.Initializer))
        {
            if (!one.Equals(two))
            {
                return $"the initializers '{one.Name}' and '{two.Name}' have different values";
            }
        }
        return first.Initializer.Count == second.Initializer.Count
            ? null
            : $"one has {first.Initializer.Count} initializers, the other {second.Initializer.Count}";
    }

    private static string? NamesDiffer(IEnumerable<ValueInfoProto> first, IEnumerable<ValueInfoProto> second)
    {
        var (one, two) = (string.Join(", ", first.Select(v => v.Name)), string.Join(", ", second.Select(v => v.Name)));
        return one == two ? null : $"[{one}] in one and [{two}] in the other";
    }

    private static string Text(NodeProto node)
    {
        var attributes = node.Attribute.Select(a => $"{a.Name} = {(a.Ints.Count > 0 ? $"[{string.Join(", ", a.Ints)}]" : a.I != 0 ? a.I : a.F)}");
        return $"{node.OpType}({string.Join(", ", node.Input.Concat(attributes))})";
    }
}
