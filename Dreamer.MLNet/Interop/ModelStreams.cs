using System.Reflection;
using System.Runtime.CompilerServices;
using Dreamer.MLNet.Interop;
using Microsoft.ML;
using Microsoft.ML.Runtime;

[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: LoadableClass(
    typeof(ITransformer), typeof(ModelStreams), null, typeof(SignatureLoadModel), "Dreamer transformer", ModelStreams.LoaderSignature)]

namespace Dreamer.MLNet.Interop;

/// <summary>
/// Writes a transformer into an ML.NET model as named byte streams, and is found by ML.NET's loader to read them back.
/// </summary>
/// <remarks>
/// ML.NET finds the class to load by a signature and an assembly name in the model's header and by the assembly attribute above;
/// neither is bound to Microsoft's key, but the types are internal. The streams' meaning is up to Dreamer.MLNet: nothing
/// that is read from a model is used as the name of a type.
/// </remarks>
public static class ModelStreams
{
    internal const string LoaderSignature = "DreamerTransformer";

    private const uint Version = 0x00010001;
    private const int LargestCount = 64;
    private const string FactoryMethod = "Load";
    private const string Factory = "Dreamer.MLNet.Persistence.TransformerFactory, Dreamer.MLNet";

    /// <summary>Writes a transformer.</summary>
    /// <param name="context">The <c>ModelSaveContext</c> that ML.NET handed to <c>ICanSaveModel.Save</c>.</param>
    /// <param name="kind">Names the transformer and the version of its format, for the factory.</param>
    /// <param name="parts">Its content, by names that are file names inside the model.</param>
    public static void Save(object context, string kind, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var target = (ModelSaveContext)context;
        target.CheckAtModel();
        target.SetVersionInfo(FormatVersion());
        target.Writer.Write(kind);
        target.Writer.Write(parts.Count);
        foreach (var (name, content) in parts)
        {
            // The length is stored next to the name, so that the stream is the plain file: any unzip tool can extract a graph from a model.
            target.Writer.Write(name);
            target.Writer.Write(content.Length);
            target.SaveBinaryStream(name, writer => writer.Write(content.Span));
        }
    }

    // Called by ML.NET's component catalog, which looks for a static method of this name and signature.
    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(FormatVersion());
        var kind = ctx.Reader.ReadString();
        var count = ctx.Reader.ReadInt32();
        if (count is < 0 or > LargestCount)
        {
            throw new InvalidDataException($"The model's transformer '{kind}' claims to have {count} parts; at most {LargestCount} are read.");
        }

        var parts = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var (name, length) = (ctx.Reader.ReadString(), ctx.Reader.ReadInt32());
            if (!ctx.TryLoadBinaryStream(name, reader => parts[name] = ReadPart(reader, length, kind, name)))
            {
                throw new InvalidDataException($"The model's transformer '{kind}' lacks its part '{name}'.");
            }
        }
        return Create(env, kind, parts);
    }

    private static byte[] ReadPart(BinaryReader reader, int length, string kind, string name)
    {
        var content = length < 0 ? [] : reader.ReadBytes(length);
        return content.Length == length ? content : throw new InvalidDataException(
            $"Part '{name}' of the model's transformer '{kind}' has {content.Length} bytes where {length} are announced: the model is truncated.");
    }

    private static ITransformer Create(IHostEnvironment env, string kind, Dictionary<string, ReadOnlyMemory<byte>> parts)
    {
        // Dreamer.MLNet references this assembly, so the way back is by name: a constant.
        var load = Type.GetType(Factory, throwOnError: true)!.GetMethod(FactoryMethod, BindingFlags.Static | BindingFlags.NonPublic)
            ?? throw new MissingMethodException(Factory, FactoryMethod);
        return load.CreateDelegate<Func<object, string, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>, ITransformer>>()(env, kind, parts);
    }

    private static VersionInfo FormatVersion() => new(
        "DREAMERX", Version, Version, Version, typeof(ModelStreams).Assembly.FullName!, LoaderSignature, loaderSignatureAlt: null);
}
