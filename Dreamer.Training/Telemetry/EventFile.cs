using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;

namespace Dreamer.Training.Telemetry;

/// <summary>Metrics as a TensorBoard event file: one event for each line of <see cref="MetricsLog"/>, with the same names.</summary>
/// <remarks>
/// A file of TFRecords: uint64 length, uint32 masked CRC-32C of the length, the bytes, uint32 masked CRC-32C of the bytes, little-endian;
/// each an <c>Event</c> of tensorflow/core/util/event.proto, the first with the version. Each event is flushed, so that a crash loses at
/// most the one being written. Not thread-safe; one run owns the file.
/// </remarks>
internal sealed class EventFile : IDisposable
{
    private const string Prefix = "events.out.tfevents.";
    private const string Version = "brain.Event:2";

    // The numbers of the fields in event.proto and summary.proto, with their wire types.
    private const uint WallTime = 1 << 3 | 1;
    private const uint Step = 2 << 3;
    private const uint FileVersion = 3 << 3 | 2;
    private const uint Summary = 5 << 3 | 2;
    private const uint Value = 1 << 3 | 2;
    private const uint Tag = 1 << 3 | 2;
    private const uint SimpleValue = 2 << 3 | 5;

    private const int HeaderSize = sizeof(ulong) + sizeof(uint);

    private readonly FileStream _stream;
    private readonly TimeProvider _time;

    /// <summary>Opens the event file of a folder to append to, or creates one.</summary>
    /// <param name="folder">The folder; created if it is missing.</param>
    /// <param name="keep">The events to keep; later ones, which the run writes again, and a truncated one are removed.</param>
    /// <param name="time">The clock for the events' times.</param>
    public EventFile(string folder, long keep, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        _time = time;
        Directory.CreateDirectory(folder);
        var created = $"{Prefix}{time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.dreamer";
        var path = Directory.GetFiles(folder, Prefix + "*").Order(StringComparer.Ordinal).FirstOrDefault() ?? Path.Combine(folder, created);
        // Appended to, not replaced: TensorBoard reads it while it grows.
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _stream.SetLength(EndOf(keep + 1));
        _stream.Position = _stream.Length;
        if (_stream.Length == 0)
        {
            Append(output =>
            {
                output.WriteTag(FileVersion);
                output.WriteString(Version);
            });
        }
    }

    /// <summary>Writes an event.</summary>
    /// <param name="step">The value on TensorBoard's horizontal axis.</param>
    /// <param name="metrics">The metrics.</param>
    public void Write(long step, IEnumerable<KeyValuePair<string, double>> metrics)
    {
        var values = Message(summary =>
        {
            foreach (var (name, number) in metrics)
            {
                summary.WriteTag(Value);
                summary.WriteBytes(Message(value =>
                {
                    value.WriteTag(Tag);
                    value.WriteString(name);
                    value.WriteTag(SimpleValue);
                    value.WriteFloat((float)number);
                }));
            }
        });
        Append(output =>
        {
            output.WriteTag(Step);
            output.WriteInt64(step);
            output.WriteTag(Summary);
            output.WriteBytes(values);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>The masked CRC-32C of TFRecords (tensorflow/core/lib/hash/crc32c.h).</summary>
    /// <param name="bytes">The bytes.</param>
    internal static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(output);
        }
        return ByteString.CopyFrom(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The end of a number of complete records, or of all complete ones if there are fewer.</summary>
    private long EndOf(long records)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        var end = 0L;
        for (; records > 0; records--)
        {
            _stream.Position = end;
            if (_stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize
                || MaskedCrc(header[..sizeof(ulong)]) != BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..]))
            {
                break;
            }
            var rest = _stream.Length - _stream.Position - sizeof(uint);
            var length = BinaryPrimitives.ReadUInt64LittleEndian(header);
            if (rest < 0 || length > (ulong)rest)
            {
                break;
            }
            end = _stream.Position + (long)length + sizeof(uint);
        }
        return end;
    }

    private void Append(Action<CodedOutputStream> write)
    {
        var message = Message(output =>
        {
            output.WriteTag(WallTime);
            output.WriteDouble((_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
            write(output);
        });
        var record = new byte[HeaderSize + message.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedCrc(record.AsSpan(0, sizeof(ulong))));
        message.Span.CopyTo(record.AsSpan(HeaderSize));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeaderSize + message.Length), MaskedCrc(message.Span));
        _stream.Write(record);
        _stream.Flush();
    }
}
