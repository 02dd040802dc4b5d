namespace Dreamer.Training.Tests.Environments;

/// <summary>Numbers that differ by no more than a tolerance.</summary>
internal sealed class Near(double tolerance) : IEqualityComparer<double>
{
    public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

    public int GetHashCode(double obj) => 0;
}
