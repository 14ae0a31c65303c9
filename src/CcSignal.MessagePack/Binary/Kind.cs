namespace CcSignal.MessagePack.Binary;

/// <summary>The families of MessagePack values (https://github.com/msgpack/msgpack/blob/master/spec.md).</summary>
internal enum Kind
{
    Nil,
    Boolean,
    Integer,
    Float,
    String,
    Binary,
    Array,
    Map,
    Extension,
}
