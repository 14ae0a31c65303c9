using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CcSignal.Execution.History.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Compression : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "compression_tried",
                table: "executions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_executions_compressible",
                table: "executions",
                column: "ended_at",
                filter: "compression_tried = 0 AND recorded_bytes >= 16384");

            migrationBuilder.Sql(
                """
                CREATE TRIGGER profile_totals_changed AFTER UPDATE OF recorded_bytes ON executions WHEN OLD.state = 'ended' AND NEW.state = 'ended' BEGIN
                    UPDATE profile_totals SET bytes = bytes + NEW.recorded_bytes - OLD.recorded_bytes WHERE profile = NEW.profile;
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER profile_totals_changed;");

            migrationBuilder.DropIndex(
                name: "ix_executions_compressible",
                table: "executions");

            migrationBuilder.DropColumn(
                name: "compression_tried",
                table: "executions");
        }
    }
}
