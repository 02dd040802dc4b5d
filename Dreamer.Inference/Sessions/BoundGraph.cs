using Microsoft.ML.OnnxRuntime;

namespace Dreamer.Inference;

/// <summary>A graph whose inputs and outputs are bound to fixed buffers once, so that a run neither copies nor allocates.</summary>
internal sealed class BoundGraph : IDisposable
{
    private readonly AgentGraph _graph;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run;

    /// <summary>Binds every input and output that the graph's manifest lists.</summary>
    /// <param name="graph">A handle that the new object owns.</param>
    /// <param name="run">Shared between graphs; not owned.</param>
    /// <param name="buffer">The buffer of each tensor.</param>
    internal BoundGraph(AgentGraph graph, RunOptions run, Func<string, OrtValue> buffer)
    {
        (_graph, _run) = (graph, run);
        _binding = graph.Session.CreateIoBinding();
        foreach (var input in graph.Manifest.Inputs)
        {
            _binding.BindInput(input.Name, buffer(input.Name));
        }
        foreach (var output in graph.Manifest.Outputs)
        {
            _binding.BindOutput(output.Name, buffer(output.Name));
        }
    }

    /// <exception cref="InvalidAgentException">The graph cannot be computed.</exception>
    internal void Run()
    {
        try
        {
            _graph.Session.RunWithBinding(_run, _binding);
        }
        catch (OnnxRuntimeException e)
        {
            throw _graph.Failed(e);
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _graph.Dispose();
    }
}
