using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Tests.Runs;
using Xunit;

namespace Dreamer.Training.Tests.Telemetry;

public sealed class EventFileTests : IDisposable
{
    private readonly RunFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checksum_is_what_TensorFlow_computes()
    {
        // CRC-32C of the nine digits is 0xE3069283, the check value of its definition; masked it is rotated right by 15 and raised.
        Assert.Equal(0xC78AB0E5u, EventFile.MaskedCrc("123456789"u8));
        // RFC 3720, B.4: 32 bytes of zeros have 0x8A9136AA.
        Assert.Equal(0xFD7FFFAu, EventFile.MaskedCrc(new byte[32]));
    }

    [Fact]
    public void Events_can_be_read_back_while_the_file_is_open()
    {
        var started = Seconds();
        using var file = new EventFile(_folder["run"], keep: 0, _time);
        _time.Advance(TimeSpan.FromSeconds(2.5));
        file.Write(1200, [new("model_loss", 1.5), new("größe", -3), new("broken", double.NaN)]);
        var path = Assert.Single(Directory.GetFiles(_folder["run"]));
        Assert.Equal($"events.out.tfevents.{(long)started}.dreamer", Path.GetFileName(path));
        var events = ReadEvents(path);
        Assert.Equal(2, events.Count);
        Assert.Equal((started, 0L, "brain.Event:2"), (events[0].WallTime, events[0].Step, events[0].Version));
        Assert.Equal((started + 2.5, 1200L), (events[1].WallTime, events[1].Step));
        Assert.Equal([("model_loss", 1.5f), ("größe", -3f), ("broken", float.NaN)], events[1].Values);
    }

    [Fact]
    public void A_resumed_run_goes_on_after_what_is_kept_whatever_was_cut()
    {
        string path;
        using (var file = new EventFile(_folder["run"], keep: 0, _time))
        {
            Array.ForEach([1, 2, 3, 4], step => file.Write(step, [new("run", 1)]));
            path = Directory.GetFiles(_folder["run"]).Single();
        }
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            _time.Advance(TimeSpan.FromHours(1));
            using (var file = new EventFile(_folder["run"], keep: 2, _time))
            {
                file.Write(9, [new("run", 2)]);
            }
            var events = ReadEvents(Assert.Single(Directory.GetFiles(_folder["run"])));
            var kept = Math.Clamp(ReadEvents(whole.AsSpan(0, length)).Count, 1, 3);
            Assert.Equal(kept + 1, events.Count);
            Assert.Equal([.. new long[] { 0, 1, 2 }[..kept], 9], events.Select(e => e.Step));
        }
    }

    [Fact]
    public async Task A_run_logs_the_same_in_both_forms_and_again_after_it_was_resumed()
    {
        var options = DreamerPresets.Debug with { LogDirectory = _folder["run"] };
        foreach (var updates in new[] { 12, 20 })
        {
            using var trainer = new DreamerTrainer(options with { MaxUpdates = updates }, time: _time);
            await trainer.RunAsync();
        }
        var lines = File.ReadAllLines(Path.Combine(_folder["run"], MetricsLog.FileName)).Select(line => (JsonObject)JsonNode.Parse(line)!).ToArray();
        var events = ReadEvents(Directory.GetFiles(_folder["run"], "events.*").Single());
        Assert.Equal(lines.Length, events.Count - 1);
        foreach (var (line, found) in lines.Zip(events.Skip(1)))
        {
            Assert.Equal((long)line[MetricsLog.StepKey]!, found.Step);
            Assert.Equal(
                line.Where(pair => pair.Key != MetricsLog.StepKey).Select(pair => (pair.Key, (float)(double)pair.Value!)),
                found.Values);
        }
        // Every five updates, the rest at either end, and an evaluation every ten and at either end.
        Assert.Equal([5, 10, 10, 12, 12, 15, 20, 20], lines.Select(line => (int)line[MetricsLog.UpdateKey]!));
    }

    [Fact]
    public async Task What_was_logged_after_the_checkpoint_is_not_logged_twice()
    {
        var options = DreamerPresets.Debug with { LogDirectory = _folder["run"], Evaluation = DreamerPresets.Debug.Evaluation with { EveryUpdates = 5 } };
        using (var trainer = new DreamerTrainer(options))
        {
            await trainer.RunAsync();
        }
        var whole = Updates();
        File.Delete(Path.Combine(_folder["run"], "checkpoints", "checkpoint-000000020.ckpt"));
        File.Delete(Path.Combine(_folder["run"], "checkpoints", "best.ckpt"));
        using (var trainer = new DreamerTrainer(options))
        {
            await trainer.RunAsync();
        }
        Assert.Equal(whole, Updates());

        int[] Updates() => [.. File.ReadAllLines(Path.Combine(_folder["run"], MetricsLog.FileName)).Select(line => (int)JsonNode.Parse(line)![MetricsLog.UpdateKey]!)];
    }

    private double Seconds() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static List<Event> ReadEvents(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return ReadEvents(bytes);
    }

    /// <summary>The whole records of a file, their checksums checked, by a reader that shares nothing with the writer but the sums.</summary>
    private static List<Event> ReadEvents(ReadOnlySpan<byte> bytes)
    {
        var events = new List<Event>();
        while (bytes.Length >= 12)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            if (bytes.Length < 12 + length + 4)
            {
                break;
            }
            Assert.Equal(EventFile.MaskedCrc(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            Assert.Equal(EventFile.MaskedCrc(bytes.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            events.Add(Event.Parse(bytes.Slice(12, length)));
            bytes = bytes[(12 + length + 4)..];
        }
        return events;
    }

    private sealed record Event(double WallTime, long Step, string? Version, List<(string Tag, float Value)> Values)
    {
        public static Event Parse(ReadOnlySpan<byte> message)
        {
            var found = new Event(0, 0, null, []);
            while (Next(ref message, out var field, out var number, out var bytes))
            {
                switch (field)
                {
                    case 1: found = found with { WallTime = BitConverter.UInt64BitsToDouble(number) }; break;
                    case 2: found = found with { Step = (long)number }; break;
                    case 3: found = found with { Version = Encoding.UTF8.GetString(bytes) }; break;
                    case 5: found.Values.AddRange(ParseSummary(bytes)); break;
                    default: Assert.Fail($"unknown field {field}"); break;
                }
            }
            return found;
        }

        private static List<(string, float)> ParseSummary(ReadOnlySpan<byte> summary)
        {
            var values = new List<(string, float)>();
            while (Next(ref summary, out var field, out _, out var value))
            {
                Assert.Equal(1, field);
                var (tag, number) = ("", 0f);
                while (Next(ref value, out var part, out var bits, out var text))
                {
                    (tag, number) = part == 1 ? (Encoding.UTF8.GetString(text), number) : (tag, BitConverter.UInt32BitsToSingle((uint)bits));
                }
                values.Add((tag, number));
            }
            return values;
        }

        private static bool Next(ref ReadOnlySpan<byte> message, out int field, out ulong number, out ReadOnlySpan<byte> bytes)
        {
            field = 0;
            number = 0;
            bytes = default;
            if (message.IsEmpty)
            {
                return false;
            }
            var key = Varint(ref message);
            field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    number = Varint(ref message);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(message);
                    message = message[8..];
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(message);
                    message = message[4..];
                    break;
                default:
                    var length = (int)Varint(ref message);
                    bytes = message[..length];
                    message = message[length..];
                    break;
            }
            return true;
        }

        private static ulong Varint(ref ReadOnlySpan<byte> message)
        {
            var value = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var next = message[0];
                message = message[1..];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                {
                    return value;
                }
            }
        }
    }
}
