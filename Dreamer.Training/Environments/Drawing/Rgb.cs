namespace Dreamer.Training.Environments.Drawing;

/// <summary>A color.</summary>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue);
