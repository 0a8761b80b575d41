/* PutDraftItems: kept for a lot or for all; the facilitator's name stays out of what is published. */
#include "tests/unit/services/contracts/drafting/drafting_fixture.h"

#include "common/store/eventlog.h"
#include "tests/unit/services/contracts/programming/steps.h"

static void test_what_is_still_missing(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__PutDraftItems *command = items_for(f, contract, 1);
        const Contracts__PutDraftItemsReply *reply = put_items(f, command);
        assert_int_equal(reply->n_missing, 1);
        assert_non_null(strstr(reply->missing[0], "PutClause"));
        (void)put_clause(f, clause_on(f, contract));
        uint64_t position = engine_position(f->engine);
        assert_int_equal(put_items(f, command)->n_missing, 0);
        assert_int_equal(engine_position(f->engine), position); /* the same again is no event */
        command->items->n_publics = 0;
        assert_int_equal(put_items(f, command)->n_missing, 1);
        assert_int_equal(engine_position(f->engine), position + 1);
}

static void test_a_lot_takes_from_all_lots(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)put_clause(f, clause_on(f, contract));
        Contracts__PutDraftItems *command = items_for(f, contract, 0);
        command->items->perimeter = arena_text(&f->arena, "");
        assert_int_equal(put_items(f, command)->n_missing, 1);
        Contracts__PutDraftItems *of_lot = items_for(f, contract, 1);
        of_lot->items = pb_new(&contracts__draft_items__descriptor, &f->arena);
        of_lot->items->perimeter = arena_text(&f->arena, "le seul lot de peinture");
        assert_int_equal(put_items(f, of_lot)->n_missing, 0);
        assert_non_null(strstr(draft(f, contract, CONTRACTS__DRAFT_PIECE__CCAP)->text, "le seul lot de peinture"));
}

/* What was chosen when the contract was a line of the annual programme need not be said again. */
static void test_the_lever_of_the_programme(void **state)
{
        struct fixture *f = *state;
        (void)import_list(f, two_lines(f));
        Contracts__DecideLine decide = CONTRACTS__DECIDE_LINE__INIT;
        decide.line_id = programme(f, coordinator(f), false)->lines[0]->line_id;
        decide.lever = CONTRACTS__LEVER__LEVER_RESERVED;
        decide.reason = arena_text(&f->arena, "Un chantier que les structures d'à côté savent tenir.");
        (void)fixture_get(f, facilitator(f), "DecideLine", &decide);
        Contracts__OpenContract *open = works_to_open(f);
        open->programme_line_id = decide.line_id;
        Contracts__PutDraftItems *command = items_for(f, opened(f, open), 1);
        command->items->lever = CONTRACTS__DRAFT_LEVER__DRAFT_LEVER_UNKNOWN;
        const Contracts__PutDraftItemsReply *reply = put_items(f, command);
        assert_int_equal(reply->n_missing, 2); /* the hours, and to whom it is reserved: not the lever */
        assert_non_null(strstr(reply->missing[1], "reservation"));
        command->items->reservation = CONTRACTS__DRAFT_RESERVATION__TO_INTEGRATION;
        assert_int_equal(put_items(f, command)->n_missing, 1);
}

static void test_a_name_is_not_published(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_drafted_contract(f);
        uint64_t position = engine_position(f->engine);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct log_entry entry;
        assert_non_null(txn);
        assert_true(log_get(txn, position, &entry));
        assert_null(memmem(entry.record.data, entry.record.size, "Camille", strlen("Camille")));
        assert_non_null(memmem(entry.sealed.data, entry.sealed.size, "Camille", strlen("Camille")));
        txn_end_read(txn);
        assert_non_null(strstr(draft(f, contract, CONTRACTS__DRAFT_PIECE__AE)->text, "Camille Exemple"));
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__PutDraftItems *command = items_for(f, contract, 1000);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "PutDraftItems", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "lot");
        command->lot = 1;
        command->items = NULL;
        assert_string_equal(
                fixture_refused(f, facilitator(f), "PutDraftItems", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "items");
        command = items_for(f, id_to(&f->arena, id_numbered(9)), 1);
        (void)fixture_refused(f, facilitator(f), "PutDraftItems", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command = items_for(f, contract, 1);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "PutDraftItems", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "PutDraftItems", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_what_is_still_missing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_lot_takes_from_all_lots, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_lever_of_the_programme, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_name_is_not_published, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
