namespace Dreamer.Training.Environments.Drawing;

/// <summary>The picture of <see cref="Pendulum"/>.</summary>
internal static class PendulumPicture
{
    private const double Middle = Canvas.Side / 2.0;
    private const double RodLength = 24;
    private const double RodRadius = 3.5;
    private const double AxleRadius = 1.5;

    private static readonly Rgb Air = new(240, 240, 236);
    private static readonly Rgb Rod = new(200, 72, 72);
    private static readonly Rgb Axle = new(24, 24, 32);

    /// <param name="canvas">What is drawn on.</param>
    /// <param name="angle">In radians from upright, counterclockwise.</param>
    public static void Draw(Canvas canvas, double angle)
    {
        canvas.Clear(Air);
        canvas.FillLine(Middle, Middle, Middle - (RodLength * Math.Sin(angle)), Middle - (RodLength * Math.Cos(angle)), RodRadius, Rod);
        canvas.FillDisc(Middle, Middle, AxleRadius, Axle);
    }
}
