using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dreamer.Inference.IO;

namespace Dreamer.Training.Native;

/// <summary>Loads TorchSharp's native libraries, even if the system's C++ library is older than the one they were built with.</summary>
/// <remarks>
/// TorchSharp 0.107's <c>libLibTorchSharp.so</c> asks for <c>GLIBCXX_3.4.32</c> (GCC 13), which Debian 12, Ubuntu 22.04 and
/// RHEL 9 do not have, because of a symbol that it never calls. On such systems a copy of the library with this requirement marked
/// weak is written to the user's local application data and loaded instead; the package's file is never changed.
/// Every public entry point of this assembly that uses torch calls <see cref="EnsureLoaded"/>.
/// Thread-safe.
/// </remarks>
internal static class TorchRuntime
{
    private const string Library = "libLibTorchSharp.so";
    private const string Cpu = "libtorch_cpu.so";
    private const string TooNew = "GLIBCXX_3.4.32";

    // In the order of their dependencies; libtorch itself finds the further libraries of the cuda package.
    private static readonly string[] Dependencies = ["libc10.so", Cpu, "libtorch.so"];

    private static readonly Lazy<TorchLoadKind> Loaded = new(Load);

    /// <summary>The library that computes on the CPU, if this class loaded it.</summary>
    internal static nint? CpuLibrary { get; private set; }

    /// <summary>Loads the native libraries on the first call, and picks the fastest matrix products; later calls return at once.</summary>
    /// <returns>How the library was loaded.</returns>
    /// <exception cref="DllNotFoundException">There is no usable TorchSharp backend; the message names the packages to reference.</exception>
    public static TorchLoadKind EnsureLoaded() => Loaded.Value;

    private static TorchLoadKind Load()
    {
        var kind = LoadLibraries();
        MatrixProducts.UseBest();
        return kind;
    }

    private static TorchLoadKind LoadLibraries()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TorchLoadKind.System;
        }

        // The package TorchSharp has the first library alone; the ones that it depends on are in the backends.
        var folder = SearchFolders().FirstOrDefault(f => Dependencies.Append(Library).All(name => File.Exists(Path.Combine(f, name)))) ?? throw new DllNotFoundException(
            $"TorchSharp's native libraries ({Library}, {string.Join(", ", Dependencies)}) were not found together in {string.Join(", ", SearchFolders())}. " +
            "Reference TorchSharp-cpu or TorchSharp-cuda-linux from the executable project.");
        foreach (var name in Dependencies)
        {
            var handle = NativeLibrary.Load(Path.Combine(folder, name));
            if (name == Cpu)
            {
                CpuLibrary = handle;
            }
        }

        var library = Path.Combine(folder, Library);
        if (NativeLibrary.TryLoad(library, out _))
        {
            return TorchLoadKind.System;
        }

        NativeLibrary.Load(RelaxedCopy(library));
        return TorchLoadKind.RelaxedCopy;
    }

    /// <summary>The host's folders of native libraries: flat with a runtime identifier, by platform without.</summary>
    private static IEnumerable<string> SearchFolders()
    {
        var host = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return host.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"))
            .Distinct();
    }

    private static string RelaxedCopy(string library)
    {
        var bytes = File.ReadAllBytes(library);
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
        if (!ElfVersionRequirement.TryMakeWeak(bytes, TooNew))
        {
            throw new DllNotFoundException(
                $"'{library}' does not load, for another reason than its requirement of {TooNew}. " +
                "'ldd -v' shows what is missing.");
        }

        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var root = data.Length > 0 ? data : Path.GetTempPath();
        // The file keeps its name, so that TorchSharp finds the loaded library by its soname.
        var copy = Path.Combine(root, "dreamer", "native", name, Library);
        if (!File.Exists(copy) || !File.ReadAllBytes(copy).AsSpan().SequenceEqual(bytes))
        {
            AtomicFile.WriteAllBytes(copy, bytes);
        }
        return copy;
    }
}
