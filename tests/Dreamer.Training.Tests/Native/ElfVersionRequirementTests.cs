using Dreamer.Training.Native;
using Xunit;

namespace Dreamer.Training.Tests.Native;

public class ElfVersionRequirementTests
{
    private const string TooNew = "GLIBCXX_3.4.32";

    private static readonly byte[] Library = OperatingSystem.IsLinux() && Environment.Is64BitProcess
        ? File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so")) : [];

    [Fact]
    public void One_flag_of_one_requirement_changes_and_nothing_else()
    {
        Assert.SkipWhen(Library.Length == 0, "The library that is edited is Linux's.");
        var edited = (byte[])Library.Clone();
        Assert.True(ElfVersionRequirement.TryMakeWeak(edited, TooNew));
        var changed = Enumerable.Range(0, edited.Length).Where(i => edited[i] != Library[i]).ToArray();
        var at = Assert.Single(changed);
        Assert.Equal(Library[at] | 2, edited[at]);

        Assert.True(ElfVersionRequirement.TryMakeWeak(edited, TooNew));
        Assert.Equal([at], Enumerable.Range(0, edited.Length).Where(i => edited[i] != Library[i]));
    }

    [Fact]
    public void A_requirement_that_is_not_there_changes_nothing()
    {
        Assert.SkipWhen(Library.Length == 0, "The library that is edited is Linux's.");
        var edited = (byte[])Library.Clone();
        Assert.False(ElfVersionRequirement.TryMakeWeak(edited, "GLIBCXX_9.9.9"));
        Assert.Equal(Library, edited);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100)]
    public void What_is_no_library_changes_nothing(int length) => Assert.False(ElfVersionRequirement.TryMakeWeak(new byte[length], TooNew));
}
