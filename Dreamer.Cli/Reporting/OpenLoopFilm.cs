namespace Dreamer.Cli.Reporting;

/// <summary>An episode that the world model goes on with by itself.</summary>
/// <param name="Episode">The episode's id.</param>
/// <param name="Context">How many rows were observed before.</param>
/// <param name="Frames">Those, and what follows.</param>
internal sealed record OpenLoopFilm(string Episode, int Context, IReadOnlyList<OpenLoopFrame> Frames);

/// <summary>One row of it, pictures as data URIs.</summary>
/// <param name="Seen">What was seen.</param>
/// <param name="Imagined">What the model has in its place.</param>
/// <param name="Error">Their difference, white where it is largest.</param>
/// <param name="Received">The reward received on arriving here.</param>
/// <param name="Predicted">The reward that the model expects.</param>
internal sealed record OpenLoopFrame(string Seen, string Imagined, string Error, float Received, float Predicted);

/// <summary>How far what is imagined is from what was seen.</summary>
/// <param name="Steps">Steps imagined.</param>
/// <param name="Model">The model's mean absolute error.</param>
/// <param name="Kept">That of who keeps the last observation.</param>
internal readonly record struct OpenLoopError(int Steps, double Model, double Kept);
