namespace Microsoft.ML;

public interface ITransformer;

public delegate void SignatureLoadModel(ModelLoadContext ctx);

public readonly struct VersionInfo
{
    public VersionInfo(
        string modelSignature,
        uint verWrittenCur,
        uint verReadableCur,
        uint verWeCanReadBack,
        string loaderAssemblyName,
        string loaderSignature,
        string? loaderSignatureAlt) => throw new NotSupportedException();
}

public sealed class ModelSaveContext
{
    public readonly BinaryWriter Writer = null!;

    private ModelSaveContext()
    {
    }

    public void CheckAtModel() => throw new NotSupportedException();

    public void SetVersionInfo(VersionInfo ver) => throw new NotSupportedException();

    public void SaveBinaryStream(string name, Action<BinaryWriter> action) => throw new NotSupportedException();
}

public sealed class ModelLoadContext
{
    public readonly BinaryReader Reader = null!;

    private ModelLoadContext()
    {
    }

    public void CheckAtModel(VersionInfo ver) => throw new NotSupportedException();

    public bool TryLoadBinaryStream(string name, Action<BinaryReader> action) => throw new NotSupportedException();
}

[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public abstract class LoadableClassAttributeBase : Attribute;

[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LoadableClassAttribute : LoadableClassAttributeBase
{
    public LoadableClassAttribute(
        Type instType, Type loaderType, Type? argType, Type sigType, string userName, params string[] loadNames) =>
        throw new NotSupportedException();
}
