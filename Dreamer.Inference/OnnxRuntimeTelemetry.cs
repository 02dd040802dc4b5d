using System.Runtime.InteropServices;

namespace Dreamer.Inference;

/// <summary>Turns off the telemetry of ONNX Runtime, which is on by default and writes files into the user's cache folder on Linux.</summary>
public static partial class OnnxRuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Sets <c>ORT_DISABLE_TELEMETRY=1</c> for this process and its children, unless the variable is already set.</summary>
    /// <remarks>Call it before anything uses ONNX Runtime: its native library reads the variable when it is loaded.</remarks>
    public static void Disable()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            return;
        }
        Environment.SetEnvironmentVariable(Variable, "1");
        // .NET keeps its own copy of the environment on Unix; native code reads the C library's.
        if (!OperatingSystem.IsWindows())
        {
            SetEnvironmentVariable(Variable, "1", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
