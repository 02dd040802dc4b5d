namespace Dreamer.Training.Environments;

/// <summary>The cells and moves of <see cref="Grid"/>.</summary>
internal static class GridMap
{
    public const char Wall = '#';
    public const char Goal = 'G';
    public const char Hole = 'X';

    private const char StartMark = 'S';

    private static readonly string[] Cells =
    [
        "######",
        "#   G#",
        "# # X#",
        "#S   #",
        "######",
    ];

    // In the order of the actions: left, down, right, up. The neighbors in this cycle are the sides of a move.
    private static readonly (int Column, int Row)[] Moves = [(-1, 0), (0, 1), (1, 0), (0, -1)];

    public static int Columns => Cells[0].Length;

    public static int Rows => Cells.Length;

    public static int MoveCount => Moves.Length;

    public static (int Column, int Row) Start { get; } = FindStart();

    /// <summary>What is in a cell.</summary>
    public static char At(int column, int row) => Cells[row][column];

    /// <summary>Where a move leads: the same cell again if a wall is in the way.</summary>
    public static (int Column, int Row) Next((int Column, int Row) place, int move)
    {
        var (column, row) = (place.Column + Moves[move].Column, place.Row + Moves[move].Row);
        return At(column, row) == Wall ? place : (column, row);
    }

    private static (int Column, int Row) FindStart()
    {
        var row = Array.FindIndex(Cells, cells => cells.Contains(StartMark));
        return (Cells[row].IndexOf(StartMark), row);
    }
}
