using Dreamer.MLNet;
using Dreamer.MLNet.Execution;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    /// <summary>Imagines what follows each state under the agent's policy: most likely states, greedy actions.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="outputColumnName">
    /// The prefix of the added columns: with <c>Rollout</c> they are <c>RolloutActions</c> Vector&lt;Single, H, A&gt;,
    /// <c>RolloutRewards</c>, <c>RolloutDiscounts</c>, <c>RolloutValues</c> Vector&lt;Single, H&gt; and <c>RolloutReturn</c> Single.
    /// </param>
    /// <param name="inputColumnName">The column of the state, Vector&lt;Single, S*C + D&gt;.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="horizon">The number of imagined steps H.</param>
    /// <param name="gpuDeviceId">The GPU to run on; by default <c>MLContext.GpuDeviceId</c>.</param>
    /// <param name="fallbackToCpu">Whether to use the CPU if the GPU is not available.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is out of range.</exception>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    public static ImagineRolloutEstimator ImagineRollout(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        AgentReference agent,
        int horizon = 15,
        int? gpuDeviceId = null,
        bool fallbackToCpu = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        return catalog.ImagineRollout(agent, new ImagineRolloutOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Horizon = horizon,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });
    }

    /// <summary>Imagines what follows each state: under the policy, under given actions, or after each action.</summary>
    /// <param name="catalog">The transforms of an <see cref="MLContext"/>.</param>
    /// <param name="agent">An agent or the path of its folder.</param>
    /// <param name="options">Columns and settings.</param>
    /// <exception cref="ArgumentException">A rollout for each action is requested and actions are continuous.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is out of range.</exception>
    /// <exception cref="Dreamer.Inference.InvalidAgentException">The folder is missing, damaged or no agent.</exception>
    /// <example><code>
    /// // What if: the imagined return after each of the actions.
    /// var pipeline = mlContext.Transforms.ImagineRollout(agent, new() { Horizon = 10, Actions = ImaginedActions.Each });
    /// </code></example>
    public static ImagineRolloutEstimator ImagineRollout(this TransformsCatalog catalog, AgentReference agent, ImagineRolloutOptions options)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Horizon is < 1 or > LongestHorizon)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), $"{nameof(options.Horizon)} is {options.Horizon}; 1 to {LongestHorizon} is allowed.");
        }
        return new(agent.Resolve(), ExecutionFlags.From(catalog, options.GpuDeviceId, options.FallbackToCpu), options);
    }

    private const int LongestHorizon = 1000;
}
