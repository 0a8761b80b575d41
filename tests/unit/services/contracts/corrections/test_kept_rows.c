/* Every table of the daemon is set back by a withdrawal, or moves with what is, or is no act's to change. */
#include "services/contracts/corrections/kept_rows.h"

#include <string.h>

#include "tests/unit/services/contracts/fixture.h"

/* Not set back: why not. A new table goes to kept_rows.c, or here. */
static const struct {
        const char *table, *because;
} others[] = {
#define NOT(table, because)                                                                                            \
        {                                                                                                              \
                table, because                                                                                         \
        }
        NOT("contract", "of what was opened: goes with the act that opened it, contracts_record_remove()"),
        NOT("record", "the same"),
        NOT("contract_by_buyer", "moves with the record"),
        NOT("published", "the buyer's own truth"),
        NOT("about", "moves with the rows that it leads to"),
        NOT("history", "what happened stays told"),
        NOT("withdrawn", "what is withdrawn itself"),
        NOT("version", "a withdrawal is another version"),
        NOT("obligation_by", "moves with the obligation"),
        NOT("ledger_entry", "postings are taken back by postings"),
        NOT("ledger_balance", "the same"),
        NOT("posted", "what tracking counted: corrected there"),
        NOT("clause_by_lot", "moves with the clause"),
        NOT("clause_coming", "the same"),
        NOT("order_number", "moves with the order"),
        NOT("taken_over_by", "moves with the hours that were taken over"),
        NOT("taken_over_sum", "the same"),
        NOT("framework", "sums: taken back by the order's amount"),
        NOT("part_due", "follows from the contract's file, whenever that changes"),
        NOT("part_due_by_name", "the same"),
        NOT("part_parked", "the same"),
        NOT("need_by_territory", "moves with the need"),
        NOT("need_open", "the same"),
        NOT("association_by_year", "moves with the file"),
        NOT("agreement_by_buyer", "moves with the agreement"),
        NOT("followed_by_buyer", "moves with file, record and clauses"),
        NOT("reserved_by_year", "moves with file and record"),
        NOT("reserved_award", "the same"),
        NOT("publication_of", "linked and unlinked, never withdrawn"),
        NOT("alike", "of what was published, which stands"),
        NOT("twin", "joined and separated, never withdrawn"),
        NOT("twins_of", "moves with the twin"),
        NOT("control_plan", "put anew, never withdrawn"),
        NOT("case_by", "moves with the case"),
        NOT("pace", "made of what is set back"),
        NOT("programme_by_buyer", "moves with the line"),
        NOT("programme_by_name", "the same"),
        NOT("programme_settings", "of lists, which are undone as a whole"),
        NOT("programme_batch", "the same"),
        NOT("programme_batch_row", "the same"),
        NOT("programme_sender", "the same"),
        NOT("programme_file", "the same"),
        NOT("draft_items", "put anew, never withdrawn"),
        NOT("undo", "what is set back itself"),
};

static bool is_kept(size_t table)
{
        return kept_row_of(table) != kept_rows_count;
}

static bool is_other(const char *name)
{
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                if (strcmp(others[i].table, name) == 0)
                        return true;
        return false;
}

static void test_no_table_is_forgotten(void **state)
{
        (void)state;
        for (size_t i = 0; i < contracts_spec.table_count; i++) {
                const struct table_spec *spec = &contracts_spec.tables[i];
                if (spec->kind != TABLE_STATE)
                        continue;
                if (is_kept(RUNTIME_TABLES + i) == is_other(spec->name))
                        print_error("%s: %s\n", spec->name,
                                    is_other(spec->name) ? "in both lists"
                                                         : "set it back (kept_rows.c), or say why not");
        }
        for (size_t i = 0; i < contracts_spec.table_count; i++) {
                const struct table_spec *spec = &contracts_spec.tables[i];
                assert_true(spec->kind != TABLE_STATE || is_kept(RUNTIME_TABLES + i) != is_other(spec->name));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_table_is_forgotten)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
