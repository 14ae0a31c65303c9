using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CcSignal.Execution.History.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Totals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "recorded_bytes",
                table: "executions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "profile_totals",
                columns: table => new
                {
                    profile = table.Column<string>(type: "TEXT", nullable: false),
                    ended = table.Column<long>(type: "INTEGER", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_profile_totals", x => x.profile);
                });

            migrationBuilder.Sql(
                """
                UPDATE executions SET recorded_bytes = info ->> 'stdoutBytes' + info ->> 'stderrBytes' + 24 * (info ->> 'sequence') WHERE state = 'ended';
                INSERT INTO profile_totals (profile, ended, bytes)
                    SELECT profile, COUNT(*), SUM(recorded_bytes) FROM executions WHERE state = 'ended' GROUP BY profile;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER profile_totals_in AFTER UPDATE OF state ON executions WHEN NEW.state = 'ended' AND OLD.state <> 'ended' BEGIN
                    INSERT INTO profile_totals (profile, ended, bytes) VALUES (NEW.profile, 1, NEW.recorded_bytes)
                        ON CONFLICT (profile) DO UPDATE SET ended = ended + 1, bytes = bytes + excluded.bytes;
                END;
                CREATE TRIGGER profile_totals_out AFTER DELETE ON executions WHEN OLD.state = 'ended' BEGIN
                    UPDATE profile_totals SET ended = ended - 1, bytes = bytes - OLD.recorded_bytes WHERE profile = OLD.profile;
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER profile_totals_in; DROP TRIGGER profile_totals_out;");

            migrationBuilder.DropTable(
                name: "profile_totals");

            migrationBuilder.DropColumn(
                name: "recorded_bytes",
                table: "executions");
        }
    }
}
