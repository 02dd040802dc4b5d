namespace Dreamer.Training.Native;

/// <summary>How TorchSharp's native library came into the process.</summary>
internal enum TorchLoadKind
{
    /// <summary>As the package has it.</summary>
    System,

    /// <summary>A cached copy without the requirement for a newer C++ library.</summary>
    RelaxedCopy,
}
