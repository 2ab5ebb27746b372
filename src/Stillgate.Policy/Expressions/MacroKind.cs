namespace Stillgate.Policy.Expressions;

internal enum MacroKind
{
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
    TransformMap,
}
