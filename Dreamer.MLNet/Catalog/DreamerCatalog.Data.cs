using Dreamer.MLNet;
using Dreamer.MLNet.Data.Numpy;
using Dreamer.MLNet.Data.Parquet;
using Dreamer.MLNet.Interop;

namespace Microsoft.ML;

public static partial class DreamerCatalog
{
    /// <summary>
    /// Loads recorded episodes: <c>.npz</c> files as the reference writes them, one an episode, and <c>.parquet</c> files of any number,
    /// one row per step, with the columns of the view.
    /// </summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="paths">
    /// Files, folders, or patterns with <c>*</c> and <c>?</c> in the names of files and folders, and <c>**</c> for folders at any depth; the
    /// files of a folder or pattern come sorted by path.
    /// </param>
    /// <returns>
    /// A view of <c>EpisodeId</c> (Text), <c>Step</c> (Int64), <c>IsFirst</c>, <c>IsLast</c>, <c>IsTerminal</c> (Boolean), <c>Reward</c>
    /// (Single), <c>Action</c> (Vector&lt;Single, A&gt;, the action that led to the row), and if recorded <c>Image</c>
    /// (Vector&lt;Byte, H, W, C&gt;) and <c>Vector</c> (Vector&lt;Single, N&gt;). Files are read when a cursor comes to them, one at a time, a
    /// Parquet file one row group at a time; only what the active columns need is unpacked.
    /// </returns>
    /// <exception cref="FileNotFoundException">A path names no file.</exception>
    /// <exception cref="Dreamer.Inference.Episodes.InvalidEpisodeException">
    /// The first file is not an episode, or two files hold episodes of the same id. Reading the view throws it too: for a file that is no
    /// episode, and for one whose shapes differ from the first.
    /// </exception>
    /// <example><code>
    /// IDataView episodes = mlContext.Data.LoadFromEpisodes("recordings/*.npz");
    /// </code></example>
    public static IDataView LoadFromEpisodes(this DataOperationsCatalog catalog, params string[] paths) =>
        catalog.LoadFromEpisodes(new LoadEpisodesOptions(), paths);

    /// <summary>Loads recorded episodes that another tool wrote, or that may not all be usable.</summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="options">What the files cannot tell, what they must fit, and what happens to those that cannot be used.</param>
    /// <param name="paths">Files, folders, or patterns.</param>
    /// <inheritdoc cref="LoadFromEpisodes(DataOperationsCatalog, string[])" path="/returns"/>
    /// <exception cref="FileNotFoundException">A path names no file.</exception>
    /// <exception cref="ArgumentException"><see cref="LoadEpisodesOptions.Like"/> is not a view of episodes.</exception>
    /// <exception cref="Dreamer.Inference.Episodes.InvalidEpisodeException">
    /// No file holds a usable episode, or two files hold episodes of the same id. Without <see cref="LoadEpisodesOptions.Refused"/>, the first file that cannot
    /// be used throws it too, here or when it is read.
    /// </exception>
    public static IDataView LoadFromEpisodes(this DataOperationsCatalog catalog, LoadEpisodesOptions options, params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(paths);
        return new EpisodesView(EpisodeFiles.Sources(EpisodeFiles.Find(paths), options.ReadOptions()), options with { Noted = options.Noted ?? Warn(catalog) });
    }

    /// <summary>The files that <see cref="LoadFromEpisodes(DataOperationsCatalog, string[])"/> reads for these paths, in its order, for example to split work by files.</summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="paths">Files, folders, or patterns, as <see cref="LoadFromEpisodes(DataOperationsCatalog, string[])"/> takes them.</param>
    /// <returns>The files' paths.</returns>
    /// <exception cref="FileNotFoundException">A path names no file.</exception>
    /// <exception cref="Dreamer.Inference.Episodes.InvalidEpisodeException">Two files hold episodes of the same id.</exception>
    public static IReadOnlyList<string> FindEpisodeFiles(this DataOperationsCatalog catalog, params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(paths);
        return EpisodeFiles.Find(paths);
    }

    /// <summary>Saves rows as episodes, for <see cref="LoadFromEpisodes(DataOperationsCatalog, string[])"/>, for the trainer's replay, and for the reference.</summary>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="data">Rows: each episode's together and in order, the first marked by <c>IsFirst</c>.</param>
    /// <param name="path">A file that ends in <c>.parquet</c>, for all episodes; else a folder, for an <c>.npz</c> file each.</param>
    /// <param name="options">The columns; by default the columns of <see cref="LoadFromEpisodes(DataOperationsCatalog, string[])"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type; the message names it, what was found and what is expected.</exception>
    /// <exception cref="InvalidDataException">
    /// The rows of an episode are not contiguous, or an episode ends in the middle.
    /// </exception>
    /// <exception cref="ArgumentException">An episode is larger than the 1 GiB that readers accept.</exception>
    /// <example><code>
    /// mlContext.Data.SaveAsEpisodes(rows, "recordings");
    /// </code></example>
    public static void SaveAsEpisodes(this DataOperationsCatalog catalog, IDataView data, string path, SaveEpisodesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(path);
        EpisodeSaver.Save(data, path, options ?? new SaveEpisodesOptions(), Warn(catalog));
    }

    /// <summary>Saves columns of a view as a Parquet file, for example scores for other tools.</summary>
    /// <remarks>
    /// Vectors of Single are lists, vectors of Byte are binary, and their dimensions are in the file's metadata as <c>NAME.shape</c>; keys
    /// are written by their names, the missing one as null. The file is written whole or not at all.
    /// </remarks>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="data">The view.</param>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="columns">Which columns; by default all that are not hidden.</param>
    /// <exception cref="ArgumentOutOfRangeException">A named column does not exist.</exception>
    /// <exception cref="ArgumentException">A column has an unsupported type.</exception>
    public static void SaveAsParquet(this DataOperationsCatalog catalog, IDataView data, string path, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(columns);
        ParquetView.Write(data, Columns(data, columns), path);
    }

    /// <summary>Saves columns of a view as a NumPy archive: one array per column, whose first dimension counts rows.</summary>
    /// <remarks>
    /// Vectors keep their dimensions behind it; text and keys, by their names, are strings as long as the longest, the missing key empty.
    /// The view is read once per column, so that no column is in memory as a whole, and once before. Save expensive columns
    /// or cached first. The file is written whole or not at all.
    /// </remarks>
    /// <param name="catalog">The data operations of an <see cref="MLContext"/>.</param>
    /// <param name="data">The view.</param>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="columns">Which columns; by default all that are not hidden.</param>
    /// <exception cref="ArgumentOutOfRangeException">A named column does not exist.</exception>
    /// <exception cref="ArgumentException">A column has an unsupported type.</exception>
    public static void SaveAsNpz(this DataOperationsCatalog catalog, IDataView data, string path, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(columns);
        NpzView.Write(data, Columns(data, columns), path);
    }

    private static Action<string> Warn(DataOperationsCatalog catalog)
    {
        var environment = EnvironmentLog.EnvironmentOf(catalog);
        return message => EnvironmentLog.Warn(environment, "Dreamer episodes", message);
    }

    private static DataViewSchema.Column[] Columns(IDataView data, string[] names) =>
        names.Length == 0 ? [.. data.Schema.Where(column => !column.IsHidden)] : [.. names.Select(name => data.Schema[name])];
}
