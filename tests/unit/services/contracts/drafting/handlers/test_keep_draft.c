/* KeepDraft: what was handed to the buyer, word for word; what changes afterwards is seen. */
#include "tests/unit/services/contracts/drafting/drafting_fixture.h"

static Contracts__KeepDraft *keeping(struct fixture *f, Types__Id *contract, Contracts__DraftPiece piece)
{
        Contracts__KeepDraft *command = pb_new(&contracts__keep_draft__descriptor, &f->arena);
        command->contract_id = contract;
        command->piece = piece;
        return command;
}

static const Contracts__KeepDraftReply *keep(struct fixture *f, Contracts__KeepDraft *command)
{
        return fixture_get(f, facilitator(f), "KeepDraft", command);
}

static const Contracts__DraftsReply *drafts(struct fixture *f, Types__Id *contract)
{
        Contracts__DraftsRequest query = CONTRACTS__DRAFTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, facilitator(f), "Drafts", &query);
}

static void test_a_change_is_seen(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_drafted_contract(f);
        Contracts__KeepDraft *command = keeping(f, contract, CONTRACTS__DRAFT_PIECE__CCAP);
        const char *handed = draft(f, contract, CONTRACTS__DRAFT_PIECE__CCAP)->text;
        const Contracts__KeepDraftReply *first = keep(f, command);
        assert_int_equal(first->number, 1);
        uint64_t position = engine_position(f->engine);
        assert_true(id_equal(id_of(keep(f, command)->draft_id), id_of(first->draft_id))); /* unchanged: the same */
        assert_int_equal(engine_position(f->engine), position);
        assert_int_equal(draft(f, contract, CONTRACTS__DRAFT_PIECE__CCAP)->kept_number, 1);
        assert_false(drafts(f, contract)->drafts[0]->changed);

        Contracts__PutClause *clause = clause_on(f, contract); /* the hours are calculated anew */
        clause->calibration->rounding = CONTRACTS__ROUNDING__TO_35;
        (void)put_clause(f, clause);
        assert_true(draft(f, contract, CONTRACTS__DRAFT_PIECE__CCAP)->changed);
        assert_true(drafts(f, contract)->drafts[0]->changed);

        f->world.now_ms_value++; /* ids in order */
        const Contracts__KeepDraftReply *second = keep(f, command);
        assert_int_equal(second->number, 2);
        assert_false(id_equal(id_of(second->draft_id), id_of(first->draft_id)));
        assert_int_equal(drafts(f, contract)->n_drafts, 2);
        assert_false(drafts(f, contract)->drafts[0]->changed); /* replaced */
        assert_false(drafts(f, contract)->drafts[1]->changed);

        Contracts__DraftById query = CONTRACTS__DRAFT_BY_ID__INIT;
        query.draft_id = first->draft_id;
        const Contracts__DraftView *view = fixture_get(f, facilitator(f), "DraftById", &query);
        assert_string_equal(view->text, handed); /* word for word, whatever came after */
        assert_int_equal(view->hours->hundredths, 83300);
}

static void test_pieces_are_counted_apart(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_drafted_contract(f);
        assert_int_equal(keep(f, keeping(f, contract, CONTRACTS__DRAFT_PIECE__RC))->number, 1);
        assert_int_equal(keep(f, keeping(f, contract, CONTRACTS__DRAFT_PIECE__AE))->number, 1);
        Contracts__PutDraftItems *items = items_for(f, contract, 1);
        items->items->n_publics = 0; /* neither could be printed any more */
        (void)put_items(f, items);
        assert_true(drafts(f, contract)->drafts[0]->changed);
        assert_true(drafts(f, contract)->drafts[1]->changed);
}

static void test_only_what_was_printed(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_drafted_contract(f);
        Contracts__KeepDraft *command = keeping(f, contract, CONTRACTS__DRAFT_PIECE__CCAP);
        command->hash = draft(f, contract, CONTRACTS__DRAFT_PIECE__CCAP)->hash;
        Contracts__PutDraftItems *items = items_for(f, contract, 1);
        items->items->perimeter = arena_text(&f->arena, "autre chose");
        (void)put_items(f, items);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "KeepDraft", command, TYPES__REFUSAL_CODE__WRONG_STATE)->field,
                "hash");
        command->hash = draft(f, contract, CONTRACTS__DRAFT_PIECE__CCAP)->hash;
        (void)keep(f, command);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__KeepDraft *command = keeping(f, contract, CONTRACTS__DRAFT_PIECE__CCAP);
        (void)fixture_refused(f, facilitator(f), "KeepDraft", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "KeepDraft", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        Contracts__DraftById query = CONTRACTS__DRAFT_BY_ID__INIT;
        query.draft_id = id_to(&f->arena, id_numbered(9));
        (void)fixture_refused(f, facilitator(f), "DraftById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_int_equal(drafts(f, contract)->n_drafts, 0);
}

static void test_who_may_read_them(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_drafted_contract(f);
        Contracts__DraftById query = CONTRACTS__DRAFT_BY_ID__INIT;
        Contracts__DraftsRequest list = CONTRACTS__DRAFTS_REQUEST__INIT;
        query.draft_id = keep(f, keeping(f, contract, CONTRACTS__DRAFT_PIECE__RC))->draft_id;
        list.contract_id = contract;
        directory_tells(f, 1, 1, CONTRACTOR_SIRET);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "DraftById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "Drafts", &list,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_change_is_seen, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pieces_are_counted_apart, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_only_what_was_printed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may_read_them, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
