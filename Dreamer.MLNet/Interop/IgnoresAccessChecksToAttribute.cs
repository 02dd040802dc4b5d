namespace System.Runtime.CompilerServices;

/// <summary>
/// Tells the runtime that this assembly may use the internals of another: the counterpart of InternalsVisibleTo, from the other
/// side. The runtime looks for it by name; no framework assembly declares it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    /// <summary>The assembly whose internals are used.</summary>
    public string AssemblyName { get; } = assemblyName;
}
