/* AmendNeed: what changes while people are looked for. */
#include "tests/unit/services/contracts/fixture.h"

static Contracts__AmendNeed amended(struct fixture *f, Types__Id *need, Contracts__DeclareNeed *content)
{
        Contracts__AmendNeed command = CONTRACTS__AMEND_NEED__INIT;
        command.need_id = need;
        command.need = content;
        command.reason = arena_text(&f->arena, "Le chantier est décalé");
        return command;
}

static const Contracts__NeedView *only_one(struct fixture *f)
{
        Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
        const Contracts__NeedsReply *reply = fixture_get(f, coordinator(f), "Needs", &query);
        assert_int_equal(reply->n_needs, 1);
        return reply->needs[0];
}

static void test_the_company_chooses_its_partner(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *company = of_organisation(f, TYPES__ROLE__COMPANY, 1);
        Contracts__DeclareNeed *need = need_for(f, an_obligation(f));
        need->modality = TYPES__MODALITY__STAFF_PROVIDED;
        need->partner = pb_new(&contracts__need_partner__descriptor, &f->arena);
        need->partner->choice = CONTRACTS__PARTNER_CHOICE__PARTNER_WANTED;
        Types__Id *id = declare(f, company, need)->need_id;
        need->partner->choice = CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        need->partner->name = arena_text(&f->arena, "ETTI du Lauragais");
        need->commune = arena_text(&f->arena, "09122");
        Contracts__AmendNeed command = amended(f, id, need);
        const Contracts__AmendNeedReply *reply = fixture_get(f, company, "AmendNeed", &command);
        assert_string_equal(reply->territory, "09");
        assert_non_null(strstr(reply->next_step, "Votre choix est respecté"));
        const Contracts__NeedView *view = only_one(f);
        assert_string_equal(view->partner->name, "ETTI du Lauragais");
        assert_string_equal(view->territory, "09");
        uint64_t before = engine_position(f->engine);
        (void)fixture_get(f, company, "AmendNeed", &command); /* nothing changes: nothing is told */
        assert_int_equal(engine_position(f->engine), before);
}

static void test_a_start_that_has_passed_may_stay(void **state)
{
        struct fixture *f = *state;
        Contracts__DeclareNeed *need = need_for(f, an_obligation(f));
        Types__Id *id = declare(f, coordinator(f), need)->need_id;
        f->world.now_ms_value += INT64_C(90) * 86400000;
        need->positions = 5;
        Contracts__AmendNeed command = amended(f, id, need);
        (void)fixture_get(f, facilitator(f), "AmendNeed", &command);
        assert_int_equal(only_one(f)->positions, 5);
        assert_int_equal(only_one(f)->starts_on->days, a_day(f, 2026, 11, 2)->days);
        need->starts_on = a_day(f, 2026, 11, 3); /* a new one in the past is a slip */
        (void)fixture_refused(f, facilitator(f), "AmendNeed", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__DeclareNeed *need = need_for(f, an_obligation(f));
        Types__Id *id = declare(f, coordinator(f), need)->need_id;
        Contracts__AmendNeed command = amended(f, id_to(&f->arena, id_numbered(9)), need);
        (void)fixture_refused(f, coordinator(f), "AmendNeed", &command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command = amended(f, id, NULL);
        assert_string_equal(
                fixture_refused(f, coordinator(f), "AmendNeed", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "need");
        command = amended(f, id, need);
        command.reason = arena_text(&f->arena, "");
        assert_string_equal(
                fixture_refused(f, coordinator(f), "AmendNeed", &command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "reason");
        command = amended(f, id, need_for(f, id_to(&f->arena, id_numbered(8))));
        assert_string_equal(
                fixture_refused(f, coordinator(f), "AmendNeed", &command, TYPES__REFUSAL_CODE__NOT_FOUND)->field,
                "need.obligationId");
        command = amended(f, id, need);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), "AmendNeed", &command,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        need->commune = arena_text(&f->arena, "65440");
        (void)fixture_refused(f, facilitator(f), "AmendNeed", &command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_company_chooses_its_partner, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_start_that_has_passed_may_stay, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
