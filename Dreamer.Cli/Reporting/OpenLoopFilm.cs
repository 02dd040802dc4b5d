namespace Dreamer.Cli.Reporting;

/// <summary>An episode that the world model continues without observations.</summary>
/// <param name="Episode">The episode's id.</param>
/// <param name="Context">The number of rows observed before imagination starts.</param>
/// <param name="Frames">The observed rows and the imagined ones after them.</param>
internal sealed record OpenLoopFilm(string Episode, int Context, IReadOnlyList<OpenLoopFrame> Frames);

/// <summary>One row of the film; images are data URIs.</summary>
/// <param name="Seen">The observed image.</param>
/// <param name="Imagined">The image the model decodes.</param>
/// <param name="Error">Their difference, white where it is largest.</param>
/// <param name="Received">The reward received on arriving here.</param>
/// <param name="Predicted">The reward the model predicts.</param>
internal sealed record OpenLoopFrame(string Seen, string Imagined, string Error, float Received, float Predicted);

/// <summary>The error of imagined observations.</summary>
/// <param name="Steps">The number of imagined steps.</param>
/// <param name="Model">The model's mean absolute error.</param>
/// <param name="Baseline">The error of repeating the last observation.</param>
internal readonly record struct OpenLoopError(int Steps, double Model, double Baseline);
