namespace CcSignal.MessagePack.Binary;

/// <summary>A record that is being read.</summary>
/// <param name="start">Where it begins in the message.</param>
/// <param name="fields">How many fields it declares.</param>
internal struct RecordCursor(long start, int fields)
{
    public int FieldsLeft { get; set; } = fields;

    /// <summary>The error of a record without a field that it cannot be without.</summary>
    public readonly MalformedException Missing(string field) => new($"'{field}' is missing", start);
}
