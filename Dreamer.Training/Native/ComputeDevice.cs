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

    /// <summary>The valid names, for messages.</summary>
    public const string Names = "auto (the first GPU, or the CPU if there is none), cpu, or cuda:N for GPU number N, from 0";

    /// <summary>Whether a name is valid on some machine; loads nothing.</summary>
    public static bool IsName(string name) => name is Auto or Cpu || IndexOf(name) is not null;

    /// <summary>Finds a device of this machine by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">The name is not a device's, or this machine does not have the device; the message lists the ones it has.</exception>
    public static torch.Device Find(string name)
    {
        if (!IsName(name))
        {
            throw new ArgumentException($"'{name}' is not a device; it must be {Names}.", nameof(name));
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
                ? $"Device '{name}' does not exist; this machine has {count} GPUs that torch can use, cuda:0 to cuda:{count - 1}."
                : $"Device '{name}' does not exist: torch finds no GPU. A GPU needs an NVIDIA driver and an executable built with -p:DreamerBackend=cuda.",
            nameof(name));
    }

    private static int? IndexOf(string name) => name == Cuda ? 0
        : name.StartsWith($"{Cuda}:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
        : null;
}
