using System.Globalization;
using Dreamer.Training.Native;
using TorchSharp;

namespace Dreamer.Training.Native;

/// <summary>Devices by name: <c>auto</c>, <c>cpu</c>, <c>cuda</c> and <c>cuda:N</c>.</summary>
internal static class ComputeDevice
{
    private const string Auto = "auto";
    private const string Cpu = "cpu";
    private const string Cuda = "cuda";

    /// <summary>Why a name is no device's, or null where it is; says nothing of what this machine has, and loads nothing.</summary>
    public static string? ErrorOf(string name) => name is Auto or Cpu || IndexOf(name) is not null
        ? null
        : $"'{name}' is no device; allowed are auto (the first GPU where there is one, else the CPU), cpu, and cuda:N for GPU number N, from 0.";

    /// <summary>The device of a name, on this machine.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The name is no device's, or this machine has no such device; says which it has.</exception>
    public static torch.Device Find(string name)
    {
        if (ErrorOf(name) is { } error)
        {
            throw new ArgumentException(error, nameof(name));
        }
        TorchRuntime.EnsureLoaded();
        if (name == Cpu)
        {
            return torch.CPU;
        }
        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (name == Auto)
        {
            return count > 0 ? torch.device(Cuda, 0) : torch.CPU;
        }
        var index = IndexOf(name)!.Value;
        return index < count ? torch.device(Cuda, index) : throw new ArgumentException(
            count > 0
                ? $"Device '{name}' is not there; this machine has {count} GPUs that torch can use, cuda:0 to cuda:{count - 1}."
                : $"Device '{name}' is not there: torch finds no GPU. It takes an NVIDIA driver, and an executable that was built with -p:DreamerBackend=cuda.",
            nameof(name));
    }

    private static int? IndexOf(string name) => name == Cuda ? 0
        : name.StartsWith($"{Cuda}:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
        : null;
}
