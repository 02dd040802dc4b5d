namespace Dreamer.Inference.Episodes;

/// <summary>Names files of other formats that are given as episodes.</summary>
internal static class ForeignFile
{
    private const string Cure = "save each episode with numpy.savez_compressed, or the rows of several as Parquet";

    /// <summary>What a file that is not a zip archive is instead, or null if that is unknown.</summary>
    /// <param name="start">Its first bytes.</param>
    internal static string? Describe(ReadOnlySpan<byte> start) => start switch
    {
        _ when start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']) => $"an HDF5 file; {Cure}",
        _ when start.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M']) =>
            "a single NumPy array (.npy); an episode is an archive of arrays (.npz)",
        _ when start.StartsWith("PAR1"u8) => "a Parquet file; its name must end in .parquet",
        [0x80, >= 2 and <= 5, ..] => $"a Python pickle, which is never read because it can run code; {Cure}",
        _ when start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) => "a gzip file; unpack it first",
        _ when start.StartsWith("{"u8) || start.StartsWith("["u8) => $"a JSON file; {Cure}",
        _ => null,
    };
}
