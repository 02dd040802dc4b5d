using System.ComponentModel.DataAnnotations;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Networks;

/// <summary>The sizes of the networks. The defaults are the reference's for small control tasks from images.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NetworkOptions
{
    /// <summary>The size of the deterministic part of the latent state.</summary>
    /// <value>200.</value>
    public int Deter { get; init; } = 200;

    /// <summary>The width of the hidden layers between the parts of the recurrent model.</summary>
    /// <value>200.</value>
    public int Hidden { get; init; } = 200;

    /// <summary>How many categoricals the stochastic part of the latent state has.</summary>
    /// <value>32.</value>
    public int Stoch { get; init; } = 32;

    /// <summary>How many outcomes each of those categoricals has, at least 2.</summary>
    /// <value>32.</value>
    public int Classes { get; init; } = 32;

    /// <summary>The width of the layers of the reward, discount, actor and critic heads.</summary>
    /// <value>400.</value>
    public int HeadUnits { get; init; } = 400;

    /// <summary>How many layers those heads have before their output layer.</summary>
    /// <value>4.</value>
    public int HeadLayers { get; init; } = 4;

    /// <summary>The channels of the first convolution of the <c>conv64</c> and <c>strided</c> image networks; later ones double it.</summary>
    /// <value>48.</value>
    public int CnnDepth { get; init; } = 48;

    /// <summary>The size of an image's embedding in the <c>grid</c> and <c>strided</c> image networks; <c>conv64</c> needs no such layer.</summary>
    /// <value>200.</value>
    public int ImageEmbedding { get; init; } = 200;

    /// <summary>The width of the layers that embed and decode a vector observation.</summary>
    /// <value>400.</value>
    public int VectorUnits { get; init; } = 400;

    /// <summary>How many such layers there are.</summary>
    /// <value>4.</value>
    public int VectorLayers { get; init; } = 4;

    /// <summary>Numbers in the stochastic part of the latent state: <c>Stoch * Classes</c>.</summary>
    public int StochSize => Stoch * Classes;

    /// <summary>Numbers in the latent state: the stochastic part, then the deterministic one.</summary>
    public int LatentSize => StochSize + Deter;

    /// <summary>Everything that is wrong with these sizes for an observation; empty when they can be used.</summary>
    /// <param name="observation">What the networks will see, or null to check the sizes alone.</param>
    public IReadOnlyList<string> Errors(ObservationSpace? observation = null)
    {
        var errors = new List<string>();
        AtLeast(1, Deter, nameof(Deter));
        AtLeast(1, Hidden, nameof(Hidden));
        AtLeast(1, Stoch, nameof(Stoch));
        AtLeast(2, Classes, nameof(Classes));
        AtLeast(1, HeadUnits, nameof(HeadUnits));
        AtLeast(1, HeadLayers, nameof(HeadLayers));
        AtLeast(1, CnnDepth, nameof(CnnDepth));
        AtLeast(1, ImageEmbedding, nameof(ImageEmbedding));
        AtLeast(1, VectorUnits, nameof(VectorUnits));
        AtLeast(1, VectorLayers, nameof(VectorLayers));
        if (observation?.Image is { } image && ImagePlan.ErrorOf(image) is { } error)
        {
            errors.Add(error);
        }
        return errors;

        void AtLeast(int least, int value, string name)
        {
            if (value < least)
            {
                errors.Add($"{name} is {value}; it must be at least {least}.");
            }
        }
    }

    /// <summary>Refuses sizes that cannot be used.</summary>
    /// <param name="observation">What the networks will see, or null to check the sizes alone.</param>
    /// <exception cref="ValidationException">Something is wrong; the message lists everything that is.</exception>
    public void Validate(ObservationSpace? observation = null)
    {
        if (Errors(observation) is { Count: > 0 } errors)
        {
            throw new ValidationException($"The network sizes cannot be used: {string.Join(" ", errors)}");
        }
    }
}
