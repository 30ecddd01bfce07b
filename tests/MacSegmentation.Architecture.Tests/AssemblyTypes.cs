using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MacSegmentation.Architecture;

/// <summary>Which types of an assembly use which others of it: in their signatures, their attributes and the instructions of their methods.</summary>
internal sealed class AssemblyTypes : IDisposable
{
    private readonly PEReader file;
    private readonly MetadataReader metadata;

    public AssemblyTypes(string path)
    {
        file = new PEReader(File.OpenRead(path));
        metadata = file.GetMetadataReader();
    }

    public void Dispose() => file.Dispose();

    /// <summary>Each use once, of a type by another; nested types count as the one that they are nested in.</summary>
    public IEnumerable<TypeUse> ListUses()
    {
        foreach (var handle in metadata.TypeDefinitions)
        {
            var user = Outermost(handle);
            if (Namespace(user).Length == 0)
            {
                continue;
            }

            foreach (var used in Used(metadata.GetTypeDefinition(handle)).Select(Outermost).Distinct().Where(used => used != user && Namespace(used).Length > 0))
            {
                yield return new TypeUse(Namespace(user), Name(user), Namespace(used), Name(used));
            }
        }
    }

    private HashSet<TypeDefinitionHandle> Used(TypeDefinition type)
    {
        var collector = new UsedTypes(metadata);
        collector.Add(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            collector.Add(metadata.GetInterfaceImplementation(implemented).Interface);
        }

        foreach (var field in type.GetFields())
        {
            metadata.GetFieldDefinition(field).DecodeSignature(collector, genericContext: null);
        }

        foreach (var method in type.GetMethods())
        {
            AddMethod(collector, metadata.GetMethodDefinition(method));
        }

        foreach (var parameter in type.GetGenericParameters())
        {
            AddConstraints(collector, parameter);
        }

        foreach (var attribute in type.GetCustomAttributes())
        {
            collector.Add(metadata.GetCustomAttribute(attribute).Constructor);
        }

        return collector.Types;
    }

    private void AddMethod(UsedTypes collector, MethodDefinition method)
    {
        method.DecodeSignature(collector, genericContext: null);
        foreach (var parameter in method.GetGenericParameters())
        {
            AddConstraints(collector, parameter);
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(collector, genericContext: null);
        }

        foreach (var region in body.ExceptionRegions.Where(region => region.Kind is ExceptionRegionKind.Catch))
        {
            collector.Add(region.CatchType);
        }

        foreach (int token in Instructions.ListTokens(body.GetILReader()))
        {
            collector.Add(MetadataTokens.EntityHandle(token));
        }
    }

    private void AddConstraints(UsedTypes collector, GenericParameterHandle parameter)
    {
        foreach (var constraint in metadata.GetGenericParameter(parameter).GetConstraints())
        {
            collector.Add(metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private TypeDefinitionHandle Outermost(TypeDefinitionHandle handle)
    {
        while (metadata.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } declaring)
        {
            handle = declaring;
        }

        return handle;
    }

    private string Namespace(TypeDefinitionHandle handle) => metadata.GetString(metadata.GetTypeDefinition(handle).Namespace);

    private string Name(TypeDefinitionHandle handle) => metadata.GetString(metadata.GetTypeDefinition(handle).Name);
}
