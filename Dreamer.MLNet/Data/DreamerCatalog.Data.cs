using Dreamer.MLNet;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    /// <summary>Loads recorded episodes, as the reference writes them: one <c>.npz</c> an episode.</summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="paths">
    /// Files, folders, or patterns with <c>*</c> and <c>?</c> in the file's name; the files of a folder or pattern come sorted by path.
    /// </param>
    /// <returns>
    /// A view of <c>EpisodeId</c> (Text), <c>Step</c> (Int64), <c>IsFirst</c>, <c>IsLast</c>, <c>IsTerminal</c> (Boolean), <c>Reward</c>
    /// (Single), <c>Action</c> (Vector&lt;Single, A&gt;, the one that led to the row), and where they were recorded <c>Image</c>
    /// (Vector&lt;Byte, H, W, C&gt;) and <c>Vector</c> (Vector&lt;Single, N&gt;). Files are read when a cursor comes to them, one at a time.
    /// </returns>
    /// <exception cref="FileNotFoundException">A path names no file.</exception>
    /// <exception cref="Dreamer.Inference.Episodes.InvalidEpisodeException">
    /// The first file is no episode, or two files hold episodes of the same id. Reading the view throws it too: for a file that is no
    /// episode, and for one whose shapes are not those of the first.
    /// </exception>
    /// <example><code>
    /// IDataView episodes = mlContext.Data.LoadFromEpisodes("recordings/*.npz");
    /// </code></example>
    public static IDataView LoadFromEpisodes(this DataOperationsCatalog catalog, params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(paths);
        return new EpisodesView(EpisodeFiles.Find(paths));
    }
}
