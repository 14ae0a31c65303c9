using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CcSignal.Execution.History.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Turns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_queue_priority_number",
                table: "queue");

            migrationBuilder.AddColumn<long>(
                name: "ages_at",
                table: "queue",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "blocked",
                table: "queue",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "turn",
                table: "queue",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "clock",
                table: "queue_lengths",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "queue_shares",
                columns: table => new
                {
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    turn = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_queue_shares", x => new { x.owner, x.priority });
                });

            // Whoever waits already gets the turns that the order of start gives.
            migrationBuilder.Sql(
                """
                UPDATE queue SET turn = given.turn FROM
                    (SELECT number, ROW_NUMBER() OVER (PARTITION BY owner, priority ORDER BY number) AS turn FROM queue) AS given
                    WHERE given.number = queue.number;
                UPDATE queue SET blocked = 1 WHERE exclusive_key IS NOT NULL AND (
                    EXISTS (SELECT 1 FROM queue AS b WHERE b.owner = queue.owner AND b.exclusive_key = queue.exclusive_key AND b.number < queue.number)
                    OR EXISTS (SELECT 1 FROM executions AS r WHERE r.owner = queue.owner AND r.exclusive_key = queue.exclusive_key AND r.state IN ('starting','running','paused')));
                INSERT INTO queue_shares (owner, priority, turn) SELECT owner, priority, MAX(turn) FROM queue GROUP BY owner, priority;
                CREATE TRIGGER queue_lengths_between AFTER UPDATE OF priority ON queue BEGIN
                    UPDATE queue_lengths SET waiting = waiting - 1 WHERE priority = OLD.priority;
                    INSERT INTO queue_lengths (priority, waiting) VALUES (NEW.priority, 1) ON CONFLICT (priority) DO UPDATE SET waiting = waiting + 1;
                END;
                """);

            migrationBuilder.CreateIndex(
                name: "ix_queue_ages",
                table: "queue",
                columns: new[] { "priority", "ages_at" });

            migrationBuilder.CreateIndex(
                name: "ix_queue_next",
                table: "queue",
                columns: new[] { "blocked", "priority", "turn", "number" },
                descending: new[] { false, true, false, false });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER queue_lengths_between;");

            migrationBuilder.DropTable(
                name: "queue_shares");

            migrationBuilder.DropIndex(
                name: "ix_queue_ages",
                table: "queue");

            migrationBuilder.DropIndex(
                name: "ix_queue_next",
                table: "queue");

            migrationBuilder.DropColumn(
                name: "ages_at",
                table: "queue");

            migrationBuilder.DropColumn(
                name: "blocked",
                table: "queue");

            migrationBuilder.DropColumn(
                name: "turn",
                table: "queue");

            migrationBuilder.DropColumn(
                name: "clock",
                table: "queue_lengths");

            migrationBuilder.CreateIndex(
                name: "ix_queue_priority_number",
                table: "queue",
                columns: new[] { "priority", "number" },
                descending: new[] { true, false });
        }
    }
}
