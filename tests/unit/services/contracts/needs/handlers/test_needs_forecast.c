/* NeedsForecast: what is coming, and who may know of it. */
#include "tests/unit/services/contracts/fixture.h"

static const Contracts__NeedsForecastReply *see(struct fixture *f, const Wire__Passport *actor, const char *territory)
{
        Contracts__NeedsForecast query = CONTRACTS__NEEDS_FORECAST__INIT;
        query.territory = arena_text(&f->arena, territory);
        return fixture_get(f, actor, "NeedsForecast", &query);
}

static Types__Id *need_on(struct fixture *f, Types__Id *obligation, const char *commune, Types__Day *starts_on)
{
        Contracts__DeclareNeed *command = need_for(f, obligation);
        command->commune = arena_text(&f->arena, commune);
        command->starts_on = starts_on;
        f->world.now_ms_value += 1000;
        return declare(f, coordinator(f), command)->need_id;
}

static void test_positions_by_month_and_trade(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        (void)need_on(f, obligation, "31555", a_day(f, 2026, 11, 2));
        (void)need_on(f, obligation, "31069", a_day(f, 2026, 11, 30));
        (void)need_on(f, obligation, "09122", a_day(f, 2026, 9, 20)); /* should have started */
        (void)need_on(f, obligation, "31555", a_day(f, 2027, 6, 1));  /* beyond six months */
        const Contracts__NeedsForecastReply *reply = see(f, facilitator(f), "");
        assert_int_equal(reply->n_lines, 2);
        assert_string_equal(reply->lines[0]->territory, "09");
        assert_int_equal(reply->lines[0]->month->months, month_number(month_of_day(day_of(a_day(f, 2026, 10, 1)))));
        assert_int_equal(reply->lines[1]->positions, 4);
        assert_int_equal(reply->lines[1]->needs, 2);
        assert_string_equal(reply->lines[1]->title, "Peintre en bâtiment");
        assert_int_equal(reply->n_coming, 0); /* needs speak of the clause */
        assert_int_equal(see(f, facilitator(f), "09")->n_lines, 1);
        assert_int_equal(see(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "")->n_lines, 1); /* 31 */
        assert_int_equal(see(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "09")->n_lines, 0);
}

static void test_a_clause_without_a_need_is_coming(void **state)
{
        struct fixture *f = *state;
        Types__Id *clause = a_clause(f);
        const Contracts__NeedsForecastReply *reply = see(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "31");
        assert_int_equal(reply->n_coming, 1);
        assert_int_equal(reply->coming[0]->hours->hundredths, 83300);
        assert_int_equal(reply->coming[0]->persons, 2); /* of 455 h */
        assert_string_equal(reply->coming[0]->cpv_division, "45");
        assert_true(reply->coming[0]->awarded);
        Types__Id *obligation = record_obligation(f, obligation_on(f, clause))->obligation_id;
        hours_validated(f, 1, obligation, 1, 80000);
        reply = see(f, coordinator(f), "");
        assert_int_equal(reply->coming[0]->hours->hundredths, 3300); /* what is still to be done */

        Types__Id *need = need_on(f, obligation, "31555", a_day(f, 2026, 11, 2));
        assert_int_equal(see(f, coordinator(f), "")->n_coming, 0);
        Contracts__CloseNeed close = CONTRACTS__CLOSE_NEED__INIT;
        close.need_id = need;
        close.state = CONTRACTS__NEED_STATE__NEED_WITHDRAWN;
        close.reason = arena_text(&f->arena, "Chantier décalé");
        (void)fixture_get(f, coordinator(f), "CloseNeed", &close);
        reply = see(f, coordinator(f), "");
        assert_int_equal(reply->n_lines, 0);
        assert_int_equal(reply->n_coming, 1); /* to be expected again */
        hours_validated(f, 2, obligation, 1, 83300);
        assert_int_equal(see(f, coordinator(f), "")->n_coming, 0); /* nothing is left */
}

/* Of our own, in preparation: nothing is awarded, and those who could bid are not told before the others. */
static Types__Id *in_preparation(struct fixture *f, Contracts__ContractKind kind)
{
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.is_another = true;
        open.record = a_record(f);
        open.record->kind = kind;
        open.record->notified_on = NULL;
        open.record->starts_on = a_day(f, 2026, 12, 1);
        const Contracts__OpenContractReply *reply = fixture_get(f, facilitator(f), "OpenContract", &open);
        return put_clause(f, clause_on(f, reply->contract_id))->clause_id;
}

static void test_not_awarded(void **state)
{
        struct fixture *f = *state;
        (void)in_preparation(f, CONTRACTS__CONTRACT_KIND__MARKET);
        const Contracts__NeedsForecastReply *reply = see(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "");
        assert_int_equal(reply->n_coming, 1);
        assert_false(reply->coming[0]->awarded);
        assert_int_equal(reply->coming[0]->month->months, month_number(month_of_day(day_of(a_day(f, 2026, 12, 1)))));
        assert_int_equal(see(f, of_organisation(f, TYPES__ROLE__STRUCTURE, 8), "")->n_coming, 0);
}

static void test_private(void **state)
{
        struct fixture *f = *state;
        (void)in_preparation(f, CONTRACTS__CONTRACT_KIND__PRIVATE);
        assert_int_equal(see(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "")->n_coming, 0);
        assert_int_equal(see(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "")->n_coming, 0);
        assert_int_equal(see(f, facilitator(f), "")->n_coming, 1);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__NeedsForecast query = CONTRACTS__NEEDS_FORECAST__INIT;
        query.territory = arena_text(&f->arena, "Ariège");
        assert_string_equal(
                fixture_refused(f, coordinator(f), "NeedsForecast", &query, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "territory");
        query.territory = arena_text(&f->arena, "");
        query.months = 25;
        assert_string_equal(
                fixture_refused(f, coordinator(f), "NeedsForecast", &query, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "months");
        query.months = 24;
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "NeedsForecast", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_positions_by_month_and_trade, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_clause_without_a_need_is_coming, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_awarded, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_private, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
