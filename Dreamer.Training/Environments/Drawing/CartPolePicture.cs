namespace Dreamer.Training.Environments.Drawing;

/// <summary>The picture of <see cref="CartPole"/>: the whole track from the side.</summary>
internal static class CartPolePicture
{
    private const double PixelsPerMetre = 12;
    private const double TrackHeight = 52;
    private const double CartHalfWidth = 6;
    private const double CartHeight = 8;
    // Longer than to scale: at 12 degrees its tip is 8 pixels away from upright, so that a change of one degree shows.
    private const double PoleLength = 40;
    private const double PoleRadius = 1.5;
    private const double AxleRadius = 1.5;

    private static readonly Rgb Air = new(240, 240, 236);
    private static readonly Rgb Track = new(120, 120, 128);
    private static readonly Rgb Cart = new(40, 72, 152);
    private static readonly Rgb Pole = new(208, 120, 40);
    private static readonly Rgb Axle = new(24, 24, 32);

    public static void Draw(Canvas canvas, CartPoleState state)
    {
        var x = (Canvas.Side / 2.0) + (state.Position * PixelsPerMetre);
        var top = TrackHeight - CartHeight;
        canvas.Clear(Air);
        canvas.FillRectangle(0, TrackHeight, Canvas.Side, TrackHeight + 1, Track);
        canvas.FillRectangle(x - CartHalfWidth, top, x + CartHalfWidth, TrackHeight, Cart);
        canvas.FillLine(x, top, x + (PoleLength * Math.Sin(state.Angle)), top - (PoleLength * Math.Cos(state.Angle)), PoleRadius, Pole);
        canvas.FillDisc(x, top, AxleRadius, Axle);
    }
}
