using Dreamer.Inference.Stepping;
using Xunit;

namespace Dreamer.Inference.Tests.Stepping;

public sealed class ExclusiveUseTests
{
    private int _freed;

    [Fact]
    public void Disposed_between_uses_it_is_freed_at_once_and_once()
    {
        var use = new ExclusiveUse(this, () => _freed++);
        using (use.Begin())
        {
            Assert.False(use.IsDisposed);
        }
        use.Dispose();
        use.Dispose();
        Assert.Equal(1, _freed);
        Assert.Throws<ObjectDisposedException>(() => Begin(use));
    }

    [Fact]
    public void Disposed_during_a_use_it_is_freed_when_the_use_ends()
    {
        var use = new ExclusiveUse(this, () => _freed++);
        using (use.Begin())
        {
            use.Dispose();
            use.Dispose();
            Assert.Equal(0, _freed);
            Assert.Throws<ObjectDisposedException>(() => Begin(use));
        }
        Assert.Equal(1, _freed);
    }

    [Fact]
    public void A_second_user_is_refused_and_the_first_goes_on()
    {
        var use = new ExclusiveUse(this, () => _freed++);
        using (use.Begin())
        {
            var error = Assert.Throws<InvalidOperationException>(() => Begin(use));
            Assert.Contains("Two threads use one ExclusiveUseTests", error.Message, StringComparison.Ordinal);
        }
        Begin(use);
        Assert.Equal(0, _freed);
    }

    private static void Begin(ExclusiveUse use) => use.Begin().Dispose();
}
