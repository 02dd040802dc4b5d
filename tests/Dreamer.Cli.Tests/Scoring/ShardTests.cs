using Dreamer.Cli.Scoring;
using Xunit;

namespace Dreamer.Cli.Tests.Scoring;

public sealed class ShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Every_part_is_taken_by_one_shard(int count)
    {
        var shards = Enumerable.Range(1, count).Select(index => Shard.Parse($"{index}/{count}")).ToArray();
        Assert.All(Enumerable.Range(0, 10), part => Assert.Single(shards, shard => shard.Contains(part)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("-1/3")]
    [InlineData("a/b")]
    [InlineData("1/2/3")]
    public void What_is_no_shard_is_refused(string text) =>
        Assert.Contains($"'{text}' is not a shard; it must be i/n", Assert.Throws<ArgumentException>(() => Shard.Parse(text)).Message, StringComparison.Ordinal);
}
