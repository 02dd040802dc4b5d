namespace Dreamer.Training.Native;

/// <summary>How TorchSharp's native library was loaded.</summary>
internal enum TorchLoadKind
{
    /// <summary>The package's own file.</summary>
    System,

    /// <summary>A cached copy without the requirement for a newer C++ library.</summary>
    RelaxedCopy,
}
