using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dreamer.Training.Native;
using static TorchSharp.torch;

namespace Dreamer.Training.Checkpoints;

/// <summary>A snapshot of a run: named tensors and bytes, in memory. <see cref="CheckpointFile"/> writes and reads it.</summary>
/// <remarks>Not thread-safe. Holds copies: later changes of an added tensor have no effect.</remarks>
internal sealed class Checkpoint
{
    private readonly SortedDictionary<string, CheckpointEntry> _entries;
    private readonly string _prefix;

    static Checkpoint() => TorchRuntime.EnsureLoaded();

    /// <summary>Makes an empty checkpoint.</summary>
    public Checkpoint()
        : this(new SortedDictionary<string, CheckpointEntry>(StringComparer.Ordinal), "")
    {
    }

    private Checkpoint(SortedDictionary<string, CheckpointEntry> entries, string prefix) => (_entries, _prefix) = (entries, prefix);

    /// <summary>The full names of the entries, sorted.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    internal IReadOnlyDictionary<string, CheckpointEntry> Entries => _entries;

    /// <summary>A view of this checkpoint for one part of a run: its entry x is <c>name/x</c> here.</summary>
    /// <param name="name">The prefix of its names.</param>
    public Checkpoint Within(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new Checkpoint(_entries, $"{_prefix}{name}/");
    }

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">Its name, not yet taken.</param>
    /// <param name="tensor">The tensor, on any device.</param>
    public void Add(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var plain = tensor.detach().cpu().contiguous();
        Add(name, new CheckpointEntry(plain.dtype, plain.shape, plain.bytes.ToArray()));
    }

    /// <summary>Adds bytes.</summary>
    /// <param name="name">Their name, not yet taken.</param>
    /// <param name="bytes">The bytes.</param>
    public void Add(string name, ReadOnlySpan<byte> bytes) =>
        Add(name, new CheckpointEntry(ScalarType.Byte, [bytes.Length], bytes.ToArray()));

    /// <summary>Adds a number.</summary>
    /// <param name="name">Its name, not yet taken.</param>
    /// <param name="value">The number.</param>
    public void Add(string name, long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Add(name, new CheckpointEntry(ScalarType.Int64, [], bytes));
    }

    /// <summary>Adds an object as JSON.</summary>
    /// <typeparam name="T">The object's type.</typeparam>
    /// <param name="name">Its name, not yet taken.</param>
    /// <param name="value">The object.</param>
    /// <param name="type">The JSON metadata of the type.</param>
    public void AddJson<T>(string name, T value, JsonTypeInfo<T> type) => Add(name, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Adds all parameters and buffers of a module as <c>prefix/name</c>.</summary>
    /// <param name="prefix">The prefix of their names.</param>
    /// <param name="module">The module.</param>
    public void AddModule(string prefix, nn.Module module)
    {
        foreach (var (name, tensor) in Tensors(module))
        {
            Add($"{prefix}/{name}", tensor);
        }
    }

    /// <summary>Copies an entry's values into a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="destination">Receives the values: of the same type and shape.</param>
    /// <exception cref="InvalidCheckpointException">The entry is missing, or has another type or shape.</exception>
    public void CopyTo(string name, Tensor destination)
    {
        var entry = Find(name);
        if (entry.Type != destination.dtype || !entry.Shape.AsSpan().SequenceEqual(destination.shape))
        {
            throw new InvalidCheckpointException(
                $"The checkpoint holds '{name}' as {entry.Describe()}; expected {destination.dtype} [{string.Join(", ", destination.shape)}].");
        }
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var values = empty(entry.Shape, entry.Type);
        entry.Data.CopyTo(values.bytes);
        destination.copy_(values);
    }

    /// <summary>Copies the parameters and buffers that <see cref="AddModule"/> added into a module.</summary>
    /// <param name="prefix">The prefix of their names.</param>
    /// <param name="module">The module.</param>
    /// <exception cref="InvalidCheckpointException">An entry is missing, or has another type or shape.</exception>
    public void CopyToModule(string prefix, nn.Module module)
    {
        foreach (var (name, tensor) in Tensors(module))
        {
            CopyTo($"{prefix}/{name}", tensor);
        }
    }

    /// <summary>Whether an entry exists.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _entries.ContainsKey(_prefix + name);

    /// <summary>The bytes of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="InvalidCheckpointException">The entry is missing.</exception>
    public byte[] GetBytes(string name) => Find(name).Data;

    /// <summary>A number.</summary>
    /// <param name="name">The number's name.</param>
    /// <exception cref="InvalidCheckpointException">The entry is missing, or is not a number.</exception>
    public long GetInt64(string name) => Find(name) is { Type: ScalarType.Int64, Data.Length: sizeof(long) } entry
        ? MemoryMarshal.Read<long>(entry.Data)
        : throw new InvalidCheckpointException($"The checkpoint holds '{name}' as {Find(name).Describe()}; expected a number.");

    /// <summary>An object that was added as JSON.</summary>
    /// <typeparam name="T">The object's type.</typeparam>
    /// <param name="name">The object's name.</param>
    /// <param name="type">The JSON metadata of the type.</param>
    /// <exception cref="InvalidCheckpointException">The entry is missing, or is not such an object.</exception>
    public T GetJson<T>(string name, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(GetBytes(name), type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InvalidCheckpointException($"The checkpoint's '{name}' is not a {typeof(T).Name}: {e.Message}", e);
        }
    }

    internal void Add(string name, CheckpointEntry entry)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_entries.TryAdd(_prefix + name, entry))
        {
            throw new ArgumentException($"The checkpoint already has an entry '{_prefix}{name}'.", nameof(name));
        }
    }

    private static IEnumerable<(string Name, Tensor Value)> Tensors(nn.Module module) =>
        module.named_parameters().Select(p => (p.name, (Tensor)p.parameter))
            .Concat(module.named_buffers().Select(b => (b.name, b.buffer)));

    private CheckpointEntry Find(string name) => _entries.TryGetValue(_prefix + name, out var entry)
        ? entry
        : throw new InvalidCheckpointException($"The checkpoint has no entry '{_prefix}{name}'.");
}
