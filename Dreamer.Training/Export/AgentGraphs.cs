using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Distributions;
using Dreamer.Training.Networks;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training.Export;

/// <summary>The graphs of an agent folder, composed of the networks that training uses.</summary>
internal static class AgentGraphs
{
    /// <summary>All graphs, in the order in which an episode's step runs them.</summary>
    public static IReadOnlyList<ExportedGraph> CreateAll(WorldModelNetworks model, ActorCriticNetworks behavior) =>
    [
        Encoder(model), RssmObserve(model), Surprise(model), RssmImagine(model), Policy(model, behavior), Heads(model, behavior), Decoder(model),
    ];

    /// <summary>The keys of the observation as inputs of a graph.</summary>
    public static IReadOnlyList<TensorManifest> Observations(WorldModelNetworks model)
    {
        var inputs = new List<TensorManifest>();
        if (model.ObservationSpace.Image is { } image)
        {
            inputs.Add(new TensorManifest(TensorNames.Image, "uint8", [image.Height, image.Width, image.Channels]));
        }
        if (model.ObservationSpace.VectorSize is > 0 and var size)
        {
            inputs.Add(Float(TensorNames.Vector, size));
        }
        return inputs;
    }

    private static ExportedGraph Encoder(WorldModelNetworks model) => new(new TracedGraph(
        GraphNames.Encoder,
        Observations(model),
        inputs => [(TensorNames.Embedding, model.Encoder.Forward(Part(inputs, TensorNames.Image), Part(inputs, TensorNames.Vector)))]));

    private static ExportedGraph RssmObserve(WorldModelNetworks model)
    {
        TensorManifest[] inputs =
        [
            Float(TensorNames.PrevLatent, model.Options.LatentSize), Float(TensorNames.PrevAction, model.ActionSpace.Size),
            Float(TensorNames.IsFirst, 1), Float(TensorNames.Embedding, model.Encoder.EmbeddingSize),
            Float(TensorNames.StochNoise, model.Options.StochSize),
        ];
        return new ExportedGraph(new TracedGraph(GraphNames.RssmObserve, inputs, x =>
        {
            var action = model.ActionScaling.ToNetworks(x[TensorNames.PrevAction]);
            var (latent, posterior) = model.Rssm.ObserveStep(
                x[TensorNames.PrevLatent], action, x[TensorNames.IsFirst], x[TensorNames.Embedding], x[TensorNames.StochNoise]);
            return [(TensorNames.Latent, latent), (PosteriorName(model), posterior)];
        }))
        {
            Samples = Samples(TensorNames.Latent, model.Rssm.Latents, PosteriorName(model), TensorNames.StochNoise),
        };
    }

    private static ExportedGraph Surprise(WorldModelNetworks model)
    {
        TensorManifest[] inputs = [Latent(model), Float(PosteriorName(model), model.Rssm.Latents.StatisticsSize)];
        return new ExportedGraph(new TracedGraph(GraphNames.Surprise, inputs, x =>
        {
            var prior = model.Rssm.Prior(model.Rssm.Deter(x[TensorNames.Latent]));
            return [(PriorName(model), prior), (TensorNames.Kl, model.Rssm.Latents.Kl(x[PosteriorName(model)], prior))];
        }));
    }

    private static ExportedGraph RssmImagine(WorldModelNetworks model)
    {
        TensorManifest[] inputs =
        [
            Float(TensorNames.PrevLatent, model.Options.LatentSize), Float(TensorNames.PrevAction, model.ActionSpace.Size),
            Float(TensorNames.StochNoise, model.Options.StochSize),
        ];
        return new ExportedGraph(new TracedGraph(GraphNames.RssmImagine, inputs, x =>
        {
            var action = model.ActionScaling.ToNetworks(x[TensorNames.PrevAction]);
            var (latent, prior) = model.Rssm.ImagineStep(x[TensorNames.PrevLatent], action, x[TensorNames.StochNoise]);
            return [(TensorNames.Latent, latent), (PriorName(model), prior)];
        }))
        {
            Samples = Samples(TensorNames.Latent, model.Rssm.Latents, PriorName(model), TensorNames.StochNoise),
        };
    }

    private static ExportedGraph Policy(WorldModelNetworks model, ActorCriticNetworks behavior)
    {
        var actions = behavior.Actor.Actions;
        TensorManifest[] inputs = [Latent(model), Float(TensorNames.ActionNoise, actions.Size)];
        return new ExportedGraph(new TracedGraph(GraphNames.Policy, inputs, x =>
        {
            var policy = behavior.Actor.Forward(x[TensorNames.Latent]);
            return
            [
                (TensorNames.Action, model.ActionScaling.ToEnvironment(actions.Sample(policy, x[TensorNames.ActionNoise]))),
                (TensorNames.ActionMode, model.ActionScaling.ToEnvironment(actions.Mode(policy))),
                .. actions is NormalFamily normal
                    ? ((string, Traced)[])[(TensorNames.Mean, normal.Mean(policy)), (TensorNames.Std, normal.Std(policy))]
                    : [(TensorNames.Logits, policy)],
            ];
        }))
        {
            Samples =
            [
                .. Samples(TensorNames.Action, actions, TensorNames.Logits, TensorNames.ActionNoise),
                .. Samples(TensorNames.ActionMode, actions, TensorNames.Logits, noise: null),
            ],
        };
    }

    private static ExportedGraph Heads(WorldModelNetworks model, ActorCriticNetworks behavior) => new(new TracedGraph(
        GraphNames.Heads,
        [Latent(model)],
        x =>
        [
            (TensorNames.Reward, model.Reward.Predict(x[TensorNames.Latent])),
            (TensorNames.Discount, model.PredictDiscount(x[TensorNames.Latent])),
            (TensorNames.Value, behavior.Critic.Predict(x[TensorNames.Latent])),
        ]));

    private static ExportedGraph Decoder(WorldModelNetworks model)
    {
        var traced = new TracedGraph(GraphNames.Decoder, [Latent(model)], x =>
        {
            var (image, vector) = model.Decoder.Forward(x[TensorNames.Latent]);
            var outputs = new List<(string, Traced)>();
            if (image is { } mean)
            {
                outputs.Add((TensorNames.Image, Pixels.ToBytes(mean)));
            }
            if (vector is { } numbers)
            {
                outputs.Add((TensorNames.Vector, model.Options.SymlogVectors ? numbers.Symexp() : numbers));
            }
            return outputs;
        });
        return new ExportedGraph(traced)
        {
            UnroundedImage = model.ObservationSpace.Image is null ? null : x => model.Decoder.Forward(x[TensorNames.Latent]).Image!.Value,
        };
    }

    /// <summary>Only categorical samples can differ in a tie; continuous samples are compared as numbers.</summary>
    private static SampledOutput[] Samples(string output, IDistribution distribution, string logits, string? noise) =>
        distribution is OneHotCategorical categorical ? [new SampledOutput(output, categorical, logits, noise)] : [];

    private static string PosteriorName(WorldModelNetworks model) =>
        model.Rssm.Latents is OneHotCategorical ? TensorNames.PosteriorLogits : TensorNames.PosteriorStats;

    private static string PriorName(WorldModelNetworks model) =>
        model.Rssm.Latents is OneHotCategorical ? TensorNames.PriorLogits : TensorNames.PriorStats;

    private static TensorManifest Latent(WorldModelNetworks model) => Float(TensorNames.Latent, model.Options.LatentSize);

    private static TensorManifest Float(string name, int size) => new(name, "float32", [size]);

    private static Traced? Part(IReadOnlyDictionary<string, Traced> inputs, string name) =>
        inputs.TryGetValue(name, out var part) ? part : default(Traced?);
}
