using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;

namespace Dreamer.MLNet.Interop;

/// <summary>Reads the GPU settings of an <c>MLContext</c> from its environment or a catalog.</summary>
public static class EnvironmentFlags
{
    /// <summary>The <c>GpuDeviceId</c> and <c>FallbackToCpu</c> of an <c>IHostEnvironment</c>.</summary>
    public static (int? GpuDeviceId, bool FallbackToCpu) Read(object environment)
    {
        var flags = (IHostEnvironmentInternal)environment;
        return (flags.GpuDeviceId, flags.FallbackToCpu);
    }

    /// <summary>The environment behind a <c>TransformsCatalog</c>.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Microsoft.ML.Data.IInternalCatalog.get_Environment")]
    [return: UnsafeAccessorType("Microsoft.ML.Runtime.IHostEnvironment, Microsoft.ML.Core")]
    public static extern object EnvironmentOf([UnsafeAccessorType("Microsoft.ML.TransformsCatalog, Microsoft.ML.Data")] object catalog);
}
