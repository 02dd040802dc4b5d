using Dreamer.Training.Runs;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

public sealed class BackgroundWriterTests
{
    [Fact]
    public void What_was_added_is_written_in_order_on_another_thread_and_all_of_it_before_a_flush_returns()
    {
        using var writer = new BackgroundWriter();
        var written = new List<(int Number, int Thread)>();
        for (var i = 0; i < 3 * BackgroundWriter.Capacity; i++)
        {
            var number = i;
            writer.Add(() => written.Add((number, Environment.CurrentManagedThreadId)));
        }
        writer.Flush();
        Assert.Equal(Enumerable.Range(0, 3 * BackgroundWriter.Capacity), written.Select(w => w.Number));
        Assert.DoesNotContain(written, w => w.Thread == Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void Who_adds_does_not_wait_while_there_is_room()
    {
        using var writer = new BackgroundWriter();
        using var disk = new ManualResetEventSlim();
        var written = 0;
        for (var i = 0; i < BackgroundWriter.Capacity; i++)
        {
            writer.Add(() =>
            {
                disk.Wait();
                written++;
            });
        }
        Assert.Equal(0, written);
        disk.Set();
        writer.Flush();
        Assert.Equal(BackgroundWriter.Capacity, written);
    }

    [Fact]
    public void A_write_that_fails_is_told_of_once_and_nothing_is_written_after_it_until_then()
    {
        using var writer = new BackgroundWriter();
        var later = false;
        using var disk = new ManualResetEventSlim();
        writer.Add(disk.Wait);
        writer.Add(() => throw new IOException("The disk is full."));
        writer.Add(() => later = true);
        disk.Set();
        writer.Drain();
        Assert.Equal("The disk is full.", Assert.Throws<IOException>(writer.Flush).Message);
        Assert.False(later);
        writer.Add(() => later = true);
        writer.Flush();
        Assert.True(later);
    }

    [Fact]
    public void What_waits_is_written_before_it_is_gone()
    {
        var written = 0;
        using (var writer = new BackgroundWriter())
        {
            for (var i = 0; i < 10; i++)
            {
                writer.Add(() => written++);
            }
        }
        Assert.Equal(10, written);
    }
}
