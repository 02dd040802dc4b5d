using System.Reflection;
using System.Reflection.Emit;

namespace Dreamer.Training.Tests.Environments.Plugins;

/// <summary>Two assemblies on disk that no project builds: an environment, and what it needs, which only its folder has.</summary>
internal static class EmittedPlugin
{
    public const string TypeName = "Emitted.Environment";

    /// <summary>Added to the seed by the assembly that the environment needs.</summary>
    public const int Offset = 41;

    /// <returns>The path of the environment's assembly.</returns>
    public static string Write(string folder)
    {
        var needed = new PersistedAssemblyBuilder(new AssemblyName("Emitted.Needed"), typeof(object).Assembly);
        var helper = needed.DefineDynamicModule("Emitted.Needed").DefineType("Emitted.Helper", TypeAttributes.Public | TypeAttributes.Class);
        var offset = helper.DefineMethod("Offset", MethodAttributes.Public | MethodAttributes.Static, typeof(ulong), []);
        var il = offset.GetILGenerator();
        il.Emit(OpCodes.Ldc_I4, Offset);
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Ret);
        helper.CreateType();
        needed.Save(Path.Combine(folder, "Emitted.Needed.dll"));

        var plugin = new PersistedAssemblyBuilder(new AssemblyName("Emitted.Plugin"), typeof(object).Assembly);
        var type = plugin.DefineDynamicModule("Emitted.Plugin").DefineType(TypeName, TypeAttributes.Public | TypeAttributes.Class, typeof(PluginCatch));
        il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(ulong)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, offset);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Call, typeof(PluginCatch).GetConstructor([typeof(ulong)])!);
        il.Emit(OpCodes.Ret);
        type.CreateType();
        var path = Path.Combine(folder, "Emitted.Plugin.dll");
        plugin.Save(path);
        return path;
    }
}
