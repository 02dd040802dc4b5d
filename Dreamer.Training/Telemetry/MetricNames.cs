namespace Dreamer.Training.Telemetry;

/// <summary>The names of metrics; those of the reference if it has them.</summary>
public static class MetricNames
{
    /// <summary>The KL loss after balancing and free nats, in nats.</summary>
    public const string KlLoss = "kl_loss";

    /// <summary>The image's negative log-likelihood, with the constant 0.9189 a value.</summary>
    public const string ImageLoss = "image_loss";

    /// <summary>The vector's negative log-likelihood, with the constant 0.9189 a value.</summary>
    public const string VectorLoss = "vector_loss";

    /// <summary>The reward's negative log-likelihood, with the constant 0.9189.</summary>
    public const string RewardLoss = "reward_loss";

    /// <summary>The discount's negative log-likelihood; not 0 at the optimum if gamma is below 1.</summary>
    public const string DiscountLoss = "discount_loss";

    /// <summary>The weighted sum that the world model minimizes.</summary>
    public const string ModelLoss = "model_loss";

    /// <summary>The mean KL(posterior || prior), in nats: how surprised the model is.</summary>
    public const string ModelKl = "model_kl";

    /// <summary>The prior's mean entropy, in nats.</summary>
    public const string PriorEntropy = "prior_ent";

    /// <summary>The posterior's mean entropy, in nats.</summary>
    public const string PosteriorEntropy = "post_ent";

    /// <summary>The norm of the world model's gradients before clipping.</summary>
    public const string ModelGradientNorm = "model_grad_norm";

    /// <summary>What the actor minimizes.</summary>
    public const string ActorLoss = "actor_loss";

    /// <summary>The policy's mean entropy in imagination, in nats.</summary>
    public const string ActorEntropy = "actor_ent";

    /// <summary>The weight of the entropy in the actor's objective, which a schedule may change.</summary>
    public const string ActorEntropyScale = "actor_ent_scale";

    /// <summary>The share of dynamics backpropagation in the actor's objective, if it is mixed with REINFORCE.</summary>
    public const string ActorGradientMix = "imag_gradient_mix";

    /// <summary>The norm of the actor's gradients before clipping.</summary>
    public const string ActorGradientNorm = "actor_grad_norm";

    /// <summary>What the critic minimizes.</summary>
    public const string CriticLoss = "critic_loss";

    /// <summary>The norm of the critic's gradients before clipping.</summary>
    public const string CriticGradientNorm = "critic_grad_norm";

    /// <summary>The critic's mean value in imagination.</summary>
    public const string CriticValue = "critic";

    /// <summary>The target critic's mean value in imagination.</summary>
    public const string TargetValue = "critic_slow";

    /// <summary>The mean lambda-return in imagination.</summary>
    public const string LambdaReturn = "critic_target";

    /// <summary>The mean predicted reward in imagination.</summary>
    public const string ImaginedReward = "reward_mean";

    /// <summary>The mean predicted discount in imagination.</summary>
    public const string ImaginedDiscount = "discount_mean";

    /// <summary>The return of training episodes: the mean since the last line.</summary>
    public const string TrainReturn = "train_return";

    /// <summary>The length of training episodes in steps: the mean since the last line.</summary>
    public const string TrainLength = "train_length";

    /// <summary>The share of training episodes that ended terminal, and not by time: the mean since the last line.</summary>
    public const string TrainTerminal = "train_terminal";

    /// <summary>The mean return of an evaluation.</summary>
    public const string EvaluationReturn = "eval_return";

    /// <summary>The standard deviation of the returns of an evaluation.</summary>
    public const string EvaluationReturnStd = "eval_return_std";

    /// <summary>The mean length of an evaluation's episodes, in steps.</summary>
    public const string EvaluationLength = "eval_length";

    /// <summary>Updates a second since the last line.</summary>
    public const string UpdatesPerSecond = "updates_per_second";

    /// <summary>Environment steps a second since the last line, in all environments.</summary>
    public const string StepsPerSecond = "fps";

    /// <summary>Steps of the episodes in memory.</summary>
    public const string ReplaySteps = "replay_steps";

    /// <summary>Bytes of the episodes in memory.</summary>
    public const string ReplayBytes = "replay_bytes";

    /// <summary>Tensors that TorchSharp holds between two updates; constant in a run.</summary>
    public const string LiveTensors = "live_tensors";

    /// <summary>Bytes of the process in physical memory.</summary>
    public const string ResidentBytes = "resident_bytes";

    /// <summary>What Plan2Explore's ensemble minimizes.</summary>
    public const string ExplorationLoss = "expl_loss";

    /// <summary>The norm of the ensemble's gradients before clipping.</summary>
    public const string ExplorationGradientNorm = "expl_grad_norm";
}
