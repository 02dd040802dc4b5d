using Dreamer.Training.Native;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Native;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("auto")]
    [InlineData("cpu")]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    [InlineData("cuda:12")]
    public void Devices_have_names(string name) => Assert.True(ComputeDevice.IsName(name));

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1x")]
    [InlineData("cuda:99999999999")]
    public void Other_names_are_refused_with_those_that_are_allowed(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => ComputeDevice.Find(name));
        Assert.Contains($"'{name}' is not a device; it must be auto", error.Message, StringComparison.Ordinal);
        var errors = (DreamerPresets.Debug with { Device = name, TrainEverySteps = 0 }).Errors();
        Assert.Equal(2, errors.Count);
        Assert.Contains(errors, error => error.StartsWith($"Device is '{name}'; it must be auto", StringComparison.Ordinal));
    }

    [Fact]
    public void A_device_that_is_not_there_says_what_it_takes()
    {
        Assert.Equal(DeviceType.CPU, ComputeDevice.Find("cpu").type);
        Assert.Equal(torch.cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU, ComputeDevice.Find("auto").type);
        var error = Assert.Throws<ArgumentException>(() => new DreamerTrainer(DreamerPresets.Debug with { Device = "cuda:999" }));
        Assert.Contains("Device 'cuda:999' does not exist", error.Message, StringComparison.Ordinal);
    }
}
