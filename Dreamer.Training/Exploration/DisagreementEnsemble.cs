using Dreamer.Training.Distributions;
using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Dreamer.Training.Exploration;

/// <summary>Heads that predict the same target from different initial weights: they disagree where the data is scarce.</summary>
/// <remarks>danijar/dreamerv2, expl.py, Plan2Explore.</remarks>
internal sealed class DisagreementEnsemble : Network
{
    [ComponentName(Name = "heads")]
    private readonly ModuleList<MlpHead> _heads = [];

    /// <summary>Makes heads with fresh weights.</summary>
    /// <param name="inputs">Numbers in: those of a latent state and an action.</param>
    /// <param name="outputs">Numbers out: those of a stochastic state.</param>
    /// <param name="options">How many heads, and of which sizes.</param>
    public DisagreementEnsemble(long inputs, long outputs, ExplorationOptions options)
        : base(nameof(DisagreementEnsemble))
    {
        for (var i = 0; i < options.Heads; i++)
        {
            _heads.Add(new MlpHead(inputs, options.HeadUnits, options.HeadLayers, outputs));
        }
        RegisterComponents();
    }

    /// <summary>The sum over the heads of the mean negative log-likelihood of the targets under N(prediction, 1): a scalar.</summary>
    /// <param name="inputs">[rows, inputs].</param>
    /// <param name="targets">[rows, outputs].</param>
    public Tensor Loss(Tensor inputs, Tensor targets) =>
        stack([.. _heads.Select(head => NegativeLogLikelihood.Normal(head.Forward(inputs), targets).Mean().Value)], 0).sum();

    /// <summary>The mean over the outputs of the standard deviation over the heads, in its population form: [rows].</summary>
    /// <param name="inputs">[rows, inputs].</param>
    public Tensor Disagreement(Tensor inputs) => stack([.. _heads.Select(head => head.Forward(inputs).Value)], 0).std(0, unbiased: false).mean([-1]);
}
