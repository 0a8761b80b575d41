/* AssessLine: the four levers of a line, with what the directory tells of structures near. */
#include "tests/unit/services/contracts/programming/steps.h"

static void structure_of_31(struct fixture *f, uint64_t number)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        put.organisation_id = id_to(&f->arena, id_numbered((uint8_t)(100 + number)));
        put.organisation = pb_new(&directory__organisation__descriptor, &f->arena);
        put.organisation->kind = DIRECTORY__ORGANISATION_KIND__EI;
        put.organisation->territory = arena_text(&f->arena, "31");
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        assert_int_equal(engine_feed(f->engine, "directory", number, &event.base), 0);
}

static const Contracts__LeverFit *fit(const Contracts__AssessLineReply *reply, Contracts__Lever lever)
{
        for (size_t i = 0; i < reply->assessment->n_levers; i++)
                if (reply->assessment->levers[i]->lever == lever)
                        return reply->assessment->levers[i];
        fail();
        return NULL;
}

static void test_structures_near_count(void **state)
{
        struct fixture *f = *state;
        Contracts__AssessLineRequest query = CONTRACTS__ASSESS_LINE_REQUEST__INIT;
        query.line_id = import_list(f, two_lines(f))->rows[1]->id;
        const Contracts__AssessLineReply *reply = fixture_get(f, facilitator(f), "AssessLine", &query);
        assert_int_equal(reply->assessment->suppliers, 0);
        assert_int_equal(reply->check->duty, CONTRACTS__DUTY__DUTY_MANDATORY);
        assert_non_null(strstr(reply->advice, "R2152-7"));
        uint32_t before = fit(reply, CONTRACTS__LEVER__LEVER_RESERVED)->score;
        for (uint64_t i = 1; i <= 12; i++)
                structure_of_31(f, i);
        reply = fixture_get(f, facilitator(f), "AssessLine", &query);
        assert_int_equal(reply->assessment->suppliers, 12);
        assert_true(fit(reply, CONTRACTS__LEVER__LEVER_RESERVED)->score > before);
        assert_int_equal(reply->assessment->levers[0]->lever, CONTRACTS__LEVER__LEVER_CONDITION);
        assert_int_equal(engine_position(f->engine), 4); /* two lines, settings, batch; the machine decided nothing */
}

static void test_a_fictitious_amount_is_in_no_lever(void **state)
{
        struct fixture *f = *state;
        Contracts__AssessLineRequest query = CONTRACTS__ASSESS_LINE_REQUEST__INIT;
        Contracts__ImportProgramme *list = a_list(f, LIST_HEADER);
        add_row(f, list, "A3|Peinture des écoles|45442100|999 999 999 €|14 mois|T2 2027|Travaux|31000 Toulouse|");
        query.line_id = import_list(f, list)->rows[0]->id;
        const Contracts__AssessLineReply *reply = fixture_get(f, facilitator(f), "AssessLine", &query);
        assert_null(reply->assessment->hours);
        assert_null(reply->check->facts->amount);
        const Contracts__ProgrammeReply *shown = programme(f, facilitator(f), false);
        assert_true(shown->lines[0]->amount_doubtful);
        assert_int_equal(shown->lines[0]->line->amount->cents, 99999999900);
}

static void test_what_is_refused(void **state)
{
        struct fixture *f = *state;
        Contracts__AssessLineRequest query = CONTRACTS__ASSESS_LINE_REQUEST__INIT;
        (void)fixture_refused(f, facilitator(f), "AssessLine", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.line_id = id_to(&f->arena, id_numbered(7));
        (void)fixture_refused(f, facilitator(f), "AssessLine", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_structures_near_count, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_fictitious_amount_is_in_no_lever, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
