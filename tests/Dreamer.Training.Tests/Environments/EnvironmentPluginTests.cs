using Dreamer.Training.Environments;
using Dreamer.Training.Runs;
using Dreamer.Training.Tests.Environments.Plugins;
using Dreamer.Training.Tests.Runs;
using Xunit;

namespace Dreamer.Training.Tests.Environments;

public sealed class EnvironmentPluginTests : IDisposable
{
    private static readonly string ThisAssembly = typeof(PluginCatch).Assembly.Location;

    private readonly RunFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_environment_is_found_by_its_type_and_follows_its_seed()
    {
        var plugin = EnvironmentPlugin.Load(ThisAssembly, typeof(PluginCatch).FullName);
        Assert.Equal((ThisAssembly, typeof(PluginCatch).FullName), (plugin.AssemblyPath, plugin.TypeName));
        Assert.Empty(EnvironmentConformance.Check(plugin.Create, steps: 100));
        Assert.Equal(FirstRows(seed => new Catch(seed)), FirstRows(plugin.Create));
    }

    [Fact]
    public void What_an_assembly_needs_is_found_in_its_folder()
    {
        Directory.CreateDirectory(_folder["plugin"]);
        var plugin = EnvironmentPlugin.Load(EmittedPlugin.Write(_folder["plugin"]));
        Assert.Equal(EmittedPlugin.TypeName, plugin.TypeName);
        Assert.Equal(FirstRows(seed => new Catch(seed + EmittedPlugin.Offset)), FirstRows(plugin.Create));
    }

    [Fact]
    public void A_constructor_without_a_seed_will_do() =>
        Assert.Equal(FirstRows(_ => new Catch(3)), FirstRows(EnvironmentPlugin.Load(ThisAssembly, typeof(SeedlessPlugin).FullName).Create));

    [Fact]
    public void A_constructor_that_fails_is_named_with_what_it_said()
    {
        var error = Assert.Throws<InvalidEnvironmentException>(() => EnvironmentPlugin.Load(ThisAssembly, typeof(FailingPlugin).FullName).Create(1));
        Assert.Equal($"The constructor of '{typeof(FailingPlugin).FullName}' failed: no licence", error.Message);
        Assert.IsType<NotSupportedException>(error.InnerException);
    }

    [Theory]
    [InlineData("Its environments are: Dreamer.Training.Tests.Environments.Plugins.FailingPlugin, ", null)]
    [InlineData("There is no type 'No.Such'", "No.Such")]
    [InlineData("does not implement Dreamer.Training.Environments.IEnvironment", "Dreamer.Training.Tests.Environments.CatchTests")]
    [InlineData("abstract or generic", "Dreamer.Training.Tests.Environments.Plugins.AbstractPlugin")]
    [InlineData("needs a public constructor that takes a seed", "Dreamer.Training.Tests.Environments.Plugins.UnconstructiblePlugin")]
    public void What_is_no_environment_is_said_with_what_there_is(string expected, string? type) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => EnvironmentPlugin.Load(ThisAssembly, type)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_assembly_without_an_environment_says_so() => Assert.Contains(
        "It has no environment", Assert.Throws<ArgumentException>(() => EnvironmentPlugin.Load(typeof(FactAttribute).Assembly.Location)).Message, StringComparison.Ordinal);

    [Fact]
    public void Files_that_are_no_assembly_are_refused()
    {
        Assert.Contains("There is no assembly", Assert.Throws<FileNotFoundException>(() => EnvironmentPlugin.Load(_folder["none.dll"])).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["text.dll"], "no assembly");
        Assert.Contains("is not a .NET assembly", Assert.Throws<ArgumentException>(() => EnvironmentPlugin.Load(_folder["text.dll"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_needs_its_assembly() => Assert.Contains(
        "EnvironmentType is 'My.Env'; it must be null without an EnvironmentAssembly", string.Join(' ', (DreamerPresets.Debug with { EnvironmentType = "My.Env" }).Errors()), StringComparison.Ordinal);

    [Fact]
    public async Task A_run_remembers_where_its_environment_is()
    {
        var options = DreamerPresets.Debug with
        {
            Environment = "mine", EnvironmentAssembly = ThisAssembly, EnvironmentType = typeof(PluginCatch).FullName,
            LogDirectory = _folder["run"], MaxUpdates = 2,
        };
        using (var trainer = new DreamerTrainer(options))
        {
            await trainer.RunAsync(TestContext.Current.CancellationToken);
        }
        using var opened = TrainingRun.Open(_folder["run"]);
        Assert.Equal((ThisAssembly, typeof(PluginCatch).FullName, 2), (opened.Options.EnvironmentAssembly, opened.Options.EnvironmentType, opened.Updates));
        Assert.Equal(typeof(PluginCatch).FullName, EnvironmentSource.Find(opened.Options)(1).GetType().FullName);
    }

    private static byte[] FirstRows(Func<ulong, IEnvironment> create)
    {
        var environment = create(5);
        return [.. Enumerable.Range(0, 8).SelectMany(_ => environment.Reset().Image!)];
    }
}
