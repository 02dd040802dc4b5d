using System.Diagnostics;

namespace Dreamer.MLNet;

/// <summary>Refuses <c>ConvertToOnnx</c>, which would leave out these steps without a word and convert only what follows them.</summary>
internal static class OnnxConversion
{
    private const string Method = "ConvertToOnnx";
    private const string Assembly = "Microsoft.ML";

    /// <summary>Throws if ML.NET transforms data in order to convert a pipeline.</summary>
    /// <remarks>ML.NET asks a step whether it can be converted through an interface that only its own assemblies can implement; the call stack tells as well.</remarks>
    /// <exception cref="NotSupportedException">It does; the message says what to use instead.</exception>
    internal static void Refuse(string step)
    {
        foreach (var frame in new StackTrace(skipFrames: 1, fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod() is { } method && method.Name.StartsWith(Method, StringComparison.Ordinal)
                && method.DeclaringType?.Assembly.GetName().Name?.StartsWith(Assembly, StringComparison.Ordinal) == true)
            {
                throw new NotSupportedException(
                    $"{step} cannot be part of a pipeline that ConvertToOnnx converts: its graphs are ONNX already, and ML.NET cannot include them. Use the agent folder's own graphs " +
                    "(encoder.onnx, rssm_observe.onnx, policy.onnx and others) with ONNX Runtime, or save the pipeline with MLContext.Model.Save.");
            }
        }
    }
}
