using System.Globalization;
using CcSignal.Contracts;

namespace CcSignal.Execution.History;

/// <summary>The text of a cursor: 16 hexadecimal digits that mean nothing to a client, the number of the last execution seen to us.</summary>
internal static class PageCursor
{
    /// <summary>The cursor of the page that begins below this number.</summary>
    public static string Write(long number) => number.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The number in a cursor.</summary>
    /// <exception cref="RefusedException">It is not one of ours: <see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static long Read(string cursor) =>
        cursor.Length == 16
        && long.TryParse(cursor, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
        && number >= 0
            ? number
            : throw new RefusedException(ErrorCodes.InvalidRequest, "'after' is not a cursor of this server; pass the 'next' of the page before, unchanged.");
}
