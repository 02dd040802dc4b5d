namespace Dreamer.Training.Tests;

/// <summary>Counts of live tensors are those of the process: what earlier tests left to the finalizers must be gone before one counts.</summary>
internal static class TensorCount
{
    public static void Settle()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
