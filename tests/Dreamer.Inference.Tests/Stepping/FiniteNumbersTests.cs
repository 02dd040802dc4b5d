using Dreamer.Inference.Stepping;
using Xunit;

namespace Dreamer.Inference.Tests.Stepping;

public sealed class FiniteNumbersTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void The_first_number_that_is_not_finite_is_found_wherever_it_is(float bad)
    {
        for (var length = 1; length < 40; length++)
        {
            var numbers = Enumerable.Range(0, length).Select(i => i % 2 == 0 ? float.MaxValue : -float.MaxValue).ToArray();
            Assert.Equal(-1, FiniteNumbers.IndexOfNonFinite(numbers));
            for (var i = 0; i < length; i++)
            {
                var kept = numbers[i];
                numbers[i] = bad;
                Assert.Equal(i, FiniteNumbers.IndexOfNonFinite(numbers));
                numbers[i] = kept;
            }
        }
        Assert.Equal(-1, FiniteNumbers.IndexOfNonFinite([]));
    }
}
