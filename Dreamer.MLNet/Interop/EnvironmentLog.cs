using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;

namespace Dreamer.MLNet.Interop;

/// <summary>Writes to the log of an <c>MLContext</c>.</summary>
public static class EnvironmentLog
{
    /// <summary>Writes a warning to <c>MLContext.Log</c>.</summary>
    /// <param name="environment">An <c>IHostEnvironment</c>.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="message">The warning.</param>
    public static void Warn(object environment, string source, string message)
    {
        using var channel = ((IChannelProvider)environment).Start(source);
        channel.Warning(MessageSensitivity.None, message);
    }

    /// <summary>The environment behind a <c>DataOperationsCatalog</c>.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Microsoft.ML.Data.IInternalCatalog.get_Environment")]
    [return: UnsafeAccessorType("Microsoft.ML.Runtime.IHostEnvironment, Microsoft.ML.Core")]
    public static extern object EnvironmentOf([UnsafeAccessorType("Microsoft.ML.DataOperationsCatalog, Microsoft.ML.Data")] object catalog);
}
