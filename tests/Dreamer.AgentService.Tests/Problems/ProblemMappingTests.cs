using System.Reflection;
using AgentService.Problems;
using Dreamer.Inference;
using Xunit;

namespace Dreamer.AgentService.Tests.Problems;

public class ProblemMappingTests
{
    [Fact]
    public void A_number_that_is_not_finite_is_a_problem_of_its_own()
    {
        var (problem, detail) = ProblemMapping.Of(new NonFiniteOutputException("number 3 is NaN"));
        Assert.Equal(("non-finite-output", "number 3 is NaN"), (problem.Name, detail));
    }

    [Fact]
    public void A_fault_of_the_service_tells_nothing_of_its_inside()
    {
        var (problem, detail) = ProblemMapping.Of(new InvalidOperationException("secret"));
        Assert.Equal("internal-error", problem.Name);
        Assert.DoesNotContain("secret", detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_has_a_type_of_its_own_and_codes_that_protocols_allow()
    {
        var problems = typeof(Problem).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(Problem)).Select(field => (Problem)field.GetValue(null)!).ToArray();
        Assert.True(problems.Length > 15);
        Assert.Distinct(problems.Select(problem => problem.Type));
        Assert.All(problems, problem => Assert.InRange(problem.Status, 400, 599));
        Assert.All(problems.Where(problem => problem.Close is not null), problem => Assert.InRange((int)problem.Close!, 1000, 4999));
    }
}
