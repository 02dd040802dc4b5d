using Dreamer.Training.Behavior;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training.Benchmarks;

/// <summary>The kernels that an update of DreamerV2 with REINFORCE cannot do without, counted from the shapes of its weights.</summary>
internal static class UpdateKernels
{
    /// <summary>All of them.</summary>
    /// <param name="configuration">The sizes of a batch, and the horizon.</param>
    /// <param name="worldModel">The world model, for its weights.</param>
    /// <param name="actorCritic">Actor and critic, for theirs.</param>
    public static IReadOnlyList<KernelCall> Of(BenchmarkConfiguration configuration, WorldModelNetworks worldModel, ActorCriticNetworks actorCritic)
    {
        var (options, image) = (configuration.Options, configuration.Observation.Image!);
        long batch = options.Replay.BatchSize;
        long length = options.Replay.SequenceLength;
        long horizon = options.Behavior.Horizon;
        var rows = batch * length;
        var kernels = new List<KernelCall>();
        foreach (var (name, inputs, outputs) in DenseLayers(worldModel))
        {
            kernels.AddRange(name switch
            {
                _ when name.StartsWith("rssm.obs_", StringComparison.Ordinal) => Learnt(batch, inputs, outputs, length),
                "rssm.img_in" or "rssm.gru.kernel" =>
                    [.. Learnt(batch, inputs, outputs, length), MatrixKernels.Forward(rows, inputs, outputs, horizon)],
                _ when name.StartsWith("rssm.img_", StringComparison.Ordinal) =>
                    [.. Learnt(rows, inputs, outputs), MatrixKernels.Forward(rows, inputs, outputs, horizon)],
                _ when name.StartsWith("reward.", StringComparison.Ordinal) || name.StartsWith("discount.", StringComparison.Ordinal) =>
                    [.. Learnt(rows, inputs, outputs), MatrixKernels.Forward((horizon + 1) * rows, inputs, outputs)],
                _ => Learnt(rows, inputs, outputs),
            });
        }
        foreach (var (name, inputs, outputs) in DenseLayers(actorCritic))
        {
            // Actor and critic learn from states that do not learn from them; the last policy leads nowhere and is not learnt.
            var ofState = inputs == options.Networks.LatentSize;
            kernels.AddRange(name.StartsWith("actor.", StringComparison.Ordinal)
                ?
                [
                    MatrixKernels.Forward(rows, inputs, outputs, horizon),
                    MatrixKernels.WeightGradient(rows, inputs, outputs, horizon - 1),
                    MatrixKernels.InputGradient(rows, inputs, outputs, ofState ? 0 : horizon - 1),
                ]
                :
                [
                    MatrixKernels.Forward((horizon + 1) * rows, inputs, outputs), // the target critic's
                    MatrixKernels.Forward(horizon * rows, inputs, outputs),
                    MatrixKernels.WeightGradient(horizon * rows, inputs, outputs),
                    MatrixKernels.InputGradient(horizon * rows, inputs, outputs, ofState ? 0 : 1),
                ]);
        }
        kernels.AddRange(ConvolutionKernels.Of(ImagePlan.For(image, options.Networks.CnnDepth), image.Height, image.Width, rows));
        return [.. kernels.Where(kernel => kernel.Calls > 0)];
    }

    private static KernelCall[] Learnt(long rows, long inputs, long outputs, long calls = 1) =>
    [
        MatrixKernels.Forward(rows, inputs, outputs, calls),
        MatrixKernels.WeightGradient(rows, inputs, outputs, calls),
        MatrixKernels.InputGradient(rows, inputs, outputs, calls),
    ];

    private static IEnumerable<(string Name, long Inputs, long Outputs)> DenseLayers(Network network) =>
        from parameter in network.named_parameters()
        where parameter.name.EndsWith(".weight", StringComparison.Ordinal) && parameter.parameter.dim() == 2
        select (parameter.name[..^".weight".Length], parameter.parameter.shape[1], parameter.parameter.shape[0]);
}
