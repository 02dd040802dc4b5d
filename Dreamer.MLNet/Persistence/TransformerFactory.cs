using Microsoft.ML;

namespace Dreamer.MLNet.Persistence;

internal static class TransformerFactory
{
    internal static ITransformer Create(object environment, string kind, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> parts) => throw new NotSupportedException(kind + environment + parts.Count + Interop.EnvironmentFlags.Read(environment));
}
