using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Schema;

namespace Dreamer.MLNet;

/// <summary>Imagines what follows a latent state, with an agent's world model.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ### Estimator Characteristics
/// | | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Known-sized vector of Single; with given actions also a vector of Single or of keys; Text and Int64 if anything is sampled |
/// | Output column data type | Known-sized vectors of Single, and Single |
/// | Required NuGet in addition to Microsoft.ML | Dreamer.MLNet, and Microsoft.ML.OnnxRuntime in the executable |
/// | Exportable to ONNX | No: a step of it is, the agent's rssm_imagine.onnx |
///
/// | column, H steps, A actions | type | with a rollout for each action |
/// | -- | -- | -- |
/// | RolloutActions | Vector of Single, H x A: the action that leads to each imagined state | A x H x A |
/// | RolloutRewards, RolloutDiscounts, RolloutValues | Vector of Single, H | A x H |
/// | RolloutReturn | Single: the rewards of the H steps, discounted, and the value of what follows | A, with the actions' names |
///
/// Rows are independent: they may be shuffled, and several cursors compute them in parallel. Samples are drawn by seed,
/// episode and step, so neither changes them.
/// ]]></format>
/// </remarks>
/// <seealso cref="Microsoft.ML.DreamerCatalog.ImagineRollout(Microsoft.ML.TransformsCatalog, string, string, AgentReference, int, int?, bool)"/>
public sealed class ImagineRolloutEstimator : DreamerEstimator<ImagineRolloutTransformer>
{
    private readonly ImagineRolloutOptions _options;

    internal ImagineRolloutEstimator(AgentSource agent, ExecutionFlags execution, ImagineRolloutOptions options)
        : base(
            agent, ImagineRolloutTransformer.GraphsNeeded(options), execution, ImagineRolloutTransformer.Columns(agent.Manifest, options)) =>
        _options = options;

    private protected override ImagineRolloutTransformer Create(AgentManifest manifest, AgentGraph[] graphs, ColumnPlan plan) =>
        new(manifest, graphs, _options);
}
