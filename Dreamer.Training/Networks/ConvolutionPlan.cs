namespace Dreamer.Training.Networks;

/// <summary>The sizes of one convolution, or of one transposed convolution.</summary>
/// <param name="Inputs">Channels in.</param>
/// <param name="Outputs">Channels out.</param>
/// <param name="Kernel">The kernel's height and width.</param>
/// <param name="Stride">The step along both sides.</param>
/// <param name="Padding">Zeros added at (or, transposed, lines cut from) both ends of the height, and of the width.</param>
internal readonly record struct ConvolutionPlan(
    int Inputs, int Outputs, (int Height, int Width) Kernel, int Stride, (int Height, int Width) Padding);
