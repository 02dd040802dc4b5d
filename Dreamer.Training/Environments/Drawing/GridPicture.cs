namespace Dreamer.Training.Environments.Drawing;

/// <summary>The picture of <see cref="Grid"/>: the whole grid from above.</summary>
internal static class GridPicture
{
    private static readonly double CellWidth = (double)Canvas.Side / GridMap.Columns;
    private static readonly double CellHeight = (double)Canvas.Side / GridMap.Rows;
    private const double PlayerRadius = 4;

    private static readonly Rgb Floor = new(232, 232, 224);
    private static readonly Rgb Wall = new(80, 80, 88);
    private static readonly Rgb Goal = new(64, 176, 80);
    private static readonly Rgb Hole = new(208, 56, 48);
    private static readonly Rgb Player = new(40, 88, 208);

    public static void Draw(Canvas canvas, (int Column, int Row) player)
    {
        canvas.Clear(Floor);
        for (var row = 0; row < GridMap.Rows; row++)
        {
            for (var column = 0; column < GridMap.Columns; column++)
            {
                if (ColorOf(GridMap.At(column, row)) is { } color)
                {
                    canvas.FillRectangle(X(column), Y(row), X(column + 1), Y(row + 1), color);
                }
            }
        }
        canvas.FillDisc((player.Column + 0.5) * CellWidth, (player.Row + 0.5) * CellHeight, PlayerRadius, Player);
    }

    // Whole pixels: two cells that share a pixel would leave a visible seam between them.
    private static double X(int column) => Math.Round(column * CellWidth);

    private static double Y(int row) => Math.Round(row * CellHeight);

    private static Rgb? ColorOf(char cell) => cell switch
    {
        GridMap.Wall => Wall,
        GridMap.Goal => Goal,
        GridMap.Hole => Hole,
        _ => null,
    };
}
