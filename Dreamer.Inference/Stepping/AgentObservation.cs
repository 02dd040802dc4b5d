namespace Dreamer.Inference;

/// <summary>What an agent sees at one step: an image, a vector, or both.</summary>
/// <remarks>A view on the caller's memory, read during the call that it is passed to.</remarks>
public readonly ref struct AgentObservation
{
    /// <summary>An observation of an image and a vector; the part that the agent does not observe stays empty.</summary>
    /// <param name="image">[H, W, C] bytes, row-major.</param>
    /// <param name="vector">[N] numbers.</param>
    public AgentObservation(ReadOnlySpan<byte> image, ReadOnlySpan<float> vector)
    {
        Image = image;
        Vector = vector;
    }

    /// <summary>The image, row-major, or empty.</summary>
    public ReadOnlySpan<byte> Image { get; }

    /// <summary>The vector, or empty.</summary>
    public ReadOnlySpan<float> Vector { get; }

    /// <summary>An observation of only an image.</summary>
    public static implicit operator AgentObservation(byte[] image) => new(image, []);

    /// <summary>An observation of only an image.</summary>
    public static implicit operator AgentObservation(ReadOnlySpan<byte> image) => new(image, []);

    /// <summary>An observation of only an image.</summary>
    public static implicit operator AgentObservation(Span<byte> image) => new(image, []);

    /// <summary>An observation of only a vector.</summary>
    public static implicit operator AgentObservation(float[] vector) => new([], vector);

    /// <summary>An observation of only a vector.</summary>
    public static implicit operator AgentObservation(ReadOnlySpan<float> vector) => new([], vector);

    /// <summary>An observation of only a vector.</summary>
    public static implicit operator AgentObservation(Span<float> vector) => new([], vector);
}
