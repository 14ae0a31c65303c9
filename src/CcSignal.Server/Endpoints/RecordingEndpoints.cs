using System.Globalization;
using System.Net.Mime;
using CcSignal.Contracts;
using CcSignal.Execution;
using CcSignal.Execution.Journal;
using CcSignal.Server.Access;

namespace CcSignal.Server.Endpoints;

/// <summary>Recordings as files: the bytes as they were recorded, whole or in ranges, of an execution that has ended or still runs.</summary>
internal static class RecordingEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapRecordings(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/executions/{id}/output", Methods, OutputAsync);
        endpoints.MapMethods("/executions/{id}/index", Methods, IndexAsync);
    }

    private static async Task<IResult> OutputAsync(string id, string? stream, HttpContext context, ExecutionService executions)
    {
        var wanted = stream switch
        {
            "stdout" => OutputStream.Stdout,
            "stderr" => OutputStream.Stderr,
            _ => throw new RefusedException(ErrorCodes.InvalidRequest, "'stream' says which of the two: ?stream=stdout or ?stream=stderr."),
        };
        var recording = await executions.OpenRecordingAsync(id, context.GetCaller(), context.RequestAborted);
        return File(recording, () => recording.Open(wanted), recording.LengthOf(wanted), $"{id}.{stream}");
    }

    private static async Task<IResult> IndexAsync(string id, string? points, HttpContext context, ExecutionService executions)
    {
        var slices = points is null ? 0 : SlicesOf(points);
        var recording = await executions.OpenRecordingAsync(id, context.GetCaller(), context.RequestAborted);
        if (slices == 0)
        {
            return File(recording, recording.OpenIndex, recording.IndexLength, $"{id}.index");
        }

        using (recording)
        {
            return Results.Json(new OutlineAnswer(recording.Outline(slices, context.RequestAborted)));
        }
    }

    private static int SlicesOf(string points) =>
        int.TryParse(points, NumberStyles.None, CultureInfo.InvariantCulture, out var slices) && slices is >= 1 and <= Limits.MaxOutlineSlices
            ? slices
            : throw new RefusedException(ErrorCodes.InvalidRequest, $"'points' is the number of slices wanted, 1 to {Limits.MaxOutlineSlices}.");

    // What never began to run has no files. As a download, never shown: a command's output may be a page that does what its writer wants.
    private static IResult File(Recording recording, Func<IRecordedFile> open, long length, string name) => Results.Stream(
        Open(recording, open, length), MediaTypeNames.Application.Octet, name, enableRangeProcessing: true);

    private static Stream Open(Recording recording, Func<IRecordedFile> open, long length)
    {
        try
        {
            if (length > 0)
            {
                return new RecordedBytes(open(), length, recording);
            }
        }
        catch
        {
            recording.Dispose();
            throw;
        }

        recording.Dispose();
        return Stream.Null;
    }
}
