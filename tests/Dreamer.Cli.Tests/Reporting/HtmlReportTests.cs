using Dreamer.Cli.Reporting;
using Xunit;

namespace Dreamer.Cli.Tests.Reporting;

public class HtmlReportTests
{
    [Fact]
    public void Names_cannot_leave_their_place()
    {
        var picture = new PictureWithOutcome("data:,", 0, float.NaN, 0);
        var frame = new PerActionFrame("</script>", 0, 0, 0, 0, "data:,", picture, [new ActionBranch("</script><b>", 1, picture, [])]);
        var html = HtmlReport.ToHtml(new ReportContent("<i>", "&", [new("<em>", "<q>", "")], [frame], null, [], [("<u>", "<s>")]));
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<u>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<em>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<q>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("</script>").Length - 1);
        Assert.Contains("\"NaN\"", html, StringComparison.Ordinal);
    }
}
