using System.Runtime.CompilerServices;
using Dreamer.Training.Native;
using TorchSharp;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// TorchSharp's generator of random numbers is one for the process: tests that seed it cannot run beside each other.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Dreamer.Training.Tests;

/// <summary>Tests touch torch directly: its natives are loaded before the first of them, and one thread keeps them repeatable.</summary>
internal static class TorchFixture
{
    [ModuleInitializer]
    internal static void Load()
    {
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(1);
    }
}
