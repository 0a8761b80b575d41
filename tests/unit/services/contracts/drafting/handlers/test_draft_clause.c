/* DraftClause: a piece as it reads now, or all that is missing. */
#include "tests/unit/services/contracts/drafting/drafting_fixture.h"

static const Types__Refusal *refused(struct fixture *f, const Contracts__DraftClause *query, Types__RefusalCode code)
{
        return fixture_refused(f, facilitator(f), "DraftClause", query, code);
}

static void test_a_piece(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_drafted_contract(f);
        uint64_t position = engine_position(f->engine);
        const Contracts__DraftClauseReply *reply = draft(f, contract, CONTRACTS__DRAFT_PIECE__CCAP);
        assert_non_null(strstr(reply->title, "Cahier des clauses administratives particulières"));
        assert_non_null(strstr(reply->text, "Réfection de l'école Jean-Jaurès"));
        assert_string_equal(reply->library_version, "clause-2026-2");
        assert_non_null(strstr(reply->source, "CCAG 2021"));
        assert_int_equal(reply->hash.len, 32);
        assert_int_equal(reply->kept_number, 0);
        assert_false(reply->changed);
        assert_true(reply->n_to_confirm > 0);
        assert_int_equal(engine_position(f->engine), position); /* printing stores nothing */
        const Contracts__DraftClauseReply *other = draft(f, contract, CONTRACTS__DRAFT_PIECE__RC);
        assert_string_not_equal(reply->text, other->text);
}

/* Each of the four alone: none is printed without it. */
static void test_not_without_one_of_the_four(void **state)
{
        static const char *const named[] = {"perimeter", "facilitator", "publics", "PutClause"};
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)put_clause(f, clause_on(f, contract));
        for (uint32_t i = 0; i < ARRAY_SIZE(named); i++) {
                Contracts__PutDraftItems *command = items_for(f, contract, i == 3 ? 2 : 1); /* lot 2 has no clause */
                if (i == 0)
                        command->items->perimeter = arena_text(&f->arena, "");
                if (i == 1)
                        command->items->facilitator = NULL;
                if (i == 2)
                        command->items->n_publics = 0;
                (void)put_items(f, command);
                Contracts__DraftClause *query = piece_draft_of(f, contract, CONTRACTS__DRAFT_PIECE__CCAP);
                query->lot = command->lot;
                const Types__Refusal *refusal = refused(f, query, TYPES__REFUSAL_CODE__WRONG_STATE);
                assert_non_null(strstr(refusal->text, named[i]));
        }
}

static void test_nothing_said_yet(void **state)
{
        struct fixture *f = *state;
        const Types__Refusal *refusal = refused(f, piece_draft_of(f, a_contract(f), CONTRACTS__DRAFT_PIECE__RC),
                                                TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "périmètre de l'action"));
        assert_non_null(strstr(refusal->text, "contact du facilitateur"));
        assert_non_null(strstr(refusal->text, "publics éligibles"));
        assert_non_null(strstr(refusal->text, "volume d'heures"));
}

/* The buyer's note has the machinery and the readers of its pieces, and alone says how the hours were calculated. */
static void test_the_note_to_the_buyer(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_drafted_contract(f);
        const Contracts__DraftClauseReply *note = draft(f, contract, CONTRACTS__DRAFT_PIECE__NOTE);
        assert_non_null(strstr(note->text, "× 50\u00a0% × 5\u00a0% ÷ 30\u00a0€"));
        assert_non_null(strstr(note->text, "- coût horaire : 30\u00a0€ ("));
        assert_non_null(strstr(note->text, "semaines de 35\u00a0h"));
        for (int piece = CONTRACTS__DRAFT_PIECE__RC; piece <= CONTRACTS__DRAFT_PIECE__AE; piece++)
                assert_null(strstr(draft(f, contract, (Contracts__DraftPiece)piece)->text, "÷ 30\u00a0€ ="));
        directory_tells(f, 1, 1, CONTRACTOR_SIRET);
        directory_tells(f, 2, 2, BUYER_SIRET);
        Contracts__DraftClause *query = piece_draft_of(f, contract, CONTRACTS__DRAFT_PIECE__NOTE);
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__BUYER, 2), "DraftClause", query);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "DraftClause", query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_drafted_contract(f);
        Contracts__DraftClause *query = piece_draft_of(f, contract, CONTRACTS__DRAFT_PIECE__DRAFT_PIECE_UNKNOWN);
        assert_string_equal(refused(f, query, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "piece");
        query = piece_draft_of(f, contract, CONTRACTS__DRAFT_PIECE__RC);
        query->lot = 1000;
        assert_string_equal(refused(f, query, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "lot");
        query = piece_draft_of(f, id_to(&f->arena, id_numbered(9)), CONTRACTS__DRAFT_PIECE__RC);
        (void)refused(f, query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Contracts__DraftClause *query = piece_draft_of(f, a_drafted_contract(f), CONTRACTS__DRAFT_PIECE__RC);
        directory_tells(f, 1, 1, CONTRACTOR_SIRET);
        directory_tells(f, 2, 2, BUYER_SIRET);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "DraftClause", query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__BUYER, 2), "DraftClause", query);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "DraftClause", query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_piece, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_without_one_of_the_four, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nothing_said_yet, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_note_to_the_buyer, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
