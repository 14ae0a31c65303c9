namespace CcSignal.MessagePack.Binary;

/// <summary>A record that is being written.</summary>
/// <param name="Start">Where its head stands.</param>
/// <param name="IsLong">Whether its head takes three bytes and not one.</param>
/// <param name="OuterFields">The fields written so far of the record around it.</param>
internal readonly record struct RecordMark(int Start, bool IsLong, int OuterFields);
