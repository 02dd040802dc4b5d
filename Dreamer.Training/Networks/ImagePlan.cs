using Dreamer.Inference;
using Dreamer.Training.Environments;

namespace Dreamer.Training.Networks;

/// <summary>Which image network fits an image, layer by layer: the encoder's convolutions and the decoder's transposed ones.</summary>
internal sealed record ImagePlan
{
    private const int SmallestSide = 5;
    private const int LargestSide = 96;
    private const int LargestGridSide = 24;

    /// <summary>Which of the three families it is: <c>conv64</c>, <c>grid</c> or <c>strided</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The encoder's convolutions, in order.</summary>
    public required IReadOnlyList<ConvolutionPlan> Encoder { get; init; }

    /// <summary>What the encoder's convolutions end with: channels, height and width.</summary>
    public required (int Channels, int Height, int Width) Encoded { get; init; }

    /// <summary>Whether dense layers stand between the convolutions and the embedding, and between the latent state and the decoder.</summary>
    public required bool HasDenseEmbedding { get; init; }

    /// <summary>What the decoder's transposed convolutions start from: channels, height and width.</summary>
    public required (int Channels, int Height, int Width) Decoded { get; init; }

    /// <summary>The decoder's transposed convolutions, in order.</summary>
    public required IReadOnlyList<ConvolutionPlan> Decoder { get; init; }

    /// <summary>The family, and the sizes that an image goes through on its way to the embedding and from the latent state back.</summary>
    /// <param name="image">The image that the plan was made for.</param>
    public string Describe(ImageShape image)
    {
        var (height, width) = (image.Height, image.Width);
        var encoder = new List<string> { $"{height}x{width}x{image.Channels}" };
        foreach (var layer in Encoder)
        {
            (height, width) = (
                (height + 2 * layer.Padding.Height - layer.Kernel.Height) / layer.Stride + 1,
                (width + 2 * layer.Padding.Width - layer.Kernel.Width) / layer.Stride + 1);
            encoder.Add($"{height}x{width}x{layer.Outputs}");
        }
        (height, width) = (Decoded.Height, Decoded.Width);
        var decoder = new List<string> { $"{height}x{width}x{Decoded.Channels}" };
        foreach (var layer in Decoder)
        {
            (height, width) = (
                (height - 1) * layer.Stride + layer.Kernel.Height - 2 * layer.Padding.Height,
                (width - 1) * layer.Stride + layer.Kernel.Width - 2 * layer.Padding.Width);
            decoder.Add($"{height}x{width}x{layer.Outputs}");
        }
        return $"{Name}: {string.Join(" -> ", encoder)}; back {string.Join(" -> ", decoder)}";
    }

    /// <summary>Whether there is a network for an image.</summary>
    public static bool Fits(ImageShape image) =>
        Math.Min(image.Height, image.Width) >= SmallestSide && Math.Max(image.Height, image.Width) <= LargestSide;

    /// <summary>The error of an image that has no network.</summary>
    public static string NoNetwork(ImageShape image) =>
        $"There is no image network for an image of shape {image} (height, width, channels); its sides must be {SmallestSide} to {LargestSide} pixels.";

    /// <summary>The network for an image.</summary>
    /// <param name="image">The image; its sides are 5 to 96 pixels.</param>
    /// <param name="depth">The channels of the first convolution of <c>conv64</c> and <c>strided</c>.</param>
    /// <exception cref="ArgumentException">There is no network for an image of that size.</exception>
    public static ImagePlan For(ImageShape image, int depth)
    {
        if (!Fits(image))
        {
            throw new ArgumentException(NoNetwork(image), nameof(image));
        }
        return image switch
        {
            { Height: 64, Width: 64 } => Conv64(image.Channels, depth),
            { Height: <= LargestGridSide, Width: <= LargestGridSide } => Grid(image),
            _ => Strided(image, depth),
        };
    }

    /// <summary>The reference's network: 64 -> 31 -> 14 -> 6 -> 2, and back by 1 -> 5 -> 13 -> 30 -> 64.</summary>
    private static ImagePlan Conv64(int channels, int depth)
    {
        int[] depths = [channels, depth, 2 * depth, 4 * depth, 8 * depth];
        int[] decoderDepths = [32 * depth, 4 * depth, 2 * depth, depth, channels];
        int[] decoderKernels = [5, 5, 6, 6];
        return new ImagePlan
        {
            Name = "conv64",
            Encoder = [.. Enumerable.Range(0, 4).Select(i => new ConvolutionPlan(depths[i], depths[i + 1], (4, 4), 2, (0, 0)))],
            Encoded = (8 * depth, 2, 2),
            HasDenseEmbedding = false,
            Decoded = (32 * depth, 1, 1),
            Decoder = [.. Enumerable.Range(0, 4).Select(i =>
                new ConvolutionPlan(decoderDepths[i], decoderDepths[i + 1], (decoderKernels[i], decoderKernels[i]), 2, (0, 0)))],
        };
    }

    /// <summary>Every cell matters and there are few: kernel 3, stride 1, padded only along sides too short to lose two cells.</summary>
    private static ImagePlan Grid(ImageShape image)
    {
        int[] depths = [image.Channels, 16, 32, 64];
        var layers = new List<ConvolutionPlan>();
        var (height, width) = (image.Height, image.Width);
        for (var i = 0; i < 3; i++)
        {
            var padding = (height >= SmallestSide ? 0 : 1, width >= SmallestSide ? 0 : 1);
            layers.Add(new ConvolutionPlan(depths[i], depths[i + 1], (3, 3), 1, padding));
            height += 2 * padding.Item1 - 2;
            width += 2 * padding.Item2 - 2;
        }
        return Mirrored("grid", layers, (64, height, width), layers.ConvertAll(layer => layer.Kernel));
    }

    /// <summary>
    /// Any other size: each convolution halves the sides. A transposed convolution that goes back to an odd side has kernel 5: its
    /// stride would leave out the last line otherwise.
    /// </summary>
    private static ImagePlan Strided(ImageShape image, int depth)
    {
        var layers = new List<ConvolutionPlan>();
        var kernelsBack = new List<(int Height, int Width)>();
        var (channels, height, width) = (image.Channels, image.Height, image.Width);
        while (Math.Min(height, width) >= 4)
        {
            var outputs = depth << Math.Min(layers.Count, 3);
            layers.Add(new ConvolutionPlan(channels, outputs, (4, 4), 2, (0, 0)));
            kernelsBack.Add((4 + height % 2, 4 + width % 2));
            (channels, height, width) = (outputs, (height - 4) / 2 + 1, (width - 4) / 2 + 1);
        }
        return Mirrored("strided", layers, (channels, height, width), kernelsBack);
    }

    private static ImagePlan Mirrored(
        string name, List<ConvolutionPlan> layers, (int Channels, int Height, int Width) encoded, List<(int Height, int Width)> kernelsBack)
    {
        var decoder = layers.Zip(kernelsBack, (layer, kernel) =>
            layer with { Inputs = layer.Outputs, Outputs = layer.Inputs, Kernel = kernel }).Reverse();
        return new ImagePlan
        {
            Name = name,
            Encoder = layers,
            Encoded = encoded,
            HasDenseEmbedding = true,
            Decoded = encoded,
            Decoder = [.. decoder],
        };
    }
}
