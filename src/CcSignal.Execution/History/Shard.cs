using System.Text;

namespace CcSignal.Execution.History;

/// <summary>Which of 64 parts an owner's executions belong to; several nodes will share the queue by it.</summary>
internal static class Shard
{
    /// <summary>How many there are.</summary>
    public const int Count = 64;

    /// <summary>The part of this owner: FNV-1a of its UTF-8, the same on every machine and in every version.</summary>
    public static int Of(string owner)
    {
        var hash = 2166136261u;
        foreach (var part in Encoding.UTF8.GetBytes(owner))
        {
            hash = (hash ^ part) * 16777619;
        }

        return (int)(hash % Count);
    }
}
