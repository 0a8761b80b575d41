/* Contracts: found by place, kind, year, light and stage; and what a line of the list tells of today. */
#include "tests/unit/services/contracts/control/several.h"

static const Contracts__ContractsReply *list(struct fixture *f, const Contracts__ContractsRequest *query)
{
        return fixture_get(f, facilitator(f), "Contracts", query);
}

static size_t count(struct fixture *f, const Contracts__ContractsRequest *query)
{
        return list(f, query)->n_contracts;
}

static void test_by_place_kind_and_year(void **state)
{
        struct fixture *f = *state;
        (void)several_obligations(f);
        Contracts__ContractRecord *other = a_record(f);
        other->number = arena_text(&f->arena, "2025-007");
        other->kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        other->notified_on = a_day(f, 2025, 2, 3);
        (void)import(f, other);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        assert_int_equal(count(f, &query), 2);
        query.territory = arena_text(&f->arena, "09"); /* one of its clauses looks for persons there */
        assert_int_equal(count(f, &query), 1);
        query.territory = arena_text(&f->arena, "31"); /* where both are carried out */
        assert_int_equal(count(f, &query), 2);
        query.territory = arena_text(&f->arena, "65");
        assert_int_equal(count(f, &query), 0);
        query.territory = arena_text(&f->arena, "");
        query.kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        assert_int_equal(count(f, &query), 1);
        query.kind = CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN;
        query.year = 2025;
        assert_int_equal(count(f, &query), 1);
        query.year = 2024;
        assert_int_equal(count(f, &query), 0);
        query.year = 1999;
        assert_string_equal(
                fixture_refused(f, facilitator(f), "Contracts", &query, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "year");
}

static void test_by_where_it_stands(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        Contracts__ContractRecord *other = a_record(f);
        other->number = arena_text(&f->arena, "2026-077");
        (void)import(f, other);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        query.followed = true;
        assert_int_equal(count(f, &query), 1);
        query.stage = CONTRACTS__CONTRACT_STAGE__IN_EXECUTION;
        assert_int_equal(count(f, &query), 1);
        query.stage = CONTRACTS__CONTRACT_STAGE__IN_CONSULTATION;
        assert_int_equal(count(f, &query), 0);
        query.stage = CONTRACTS__CONTRACT_STAGE__STAGE_UNKNOWN;
        query.light = CONTRACTS__PROGRESS_LIGHT__LIGHT_RED;
        assert_int_equal(count(f, &query), 1);
        for (size_t i = 0; i < SEVERAL; i++)
                hours_validated(f, i + 1, s.obligations[i], (uint8_t)(i + 1), 83300);
        assert_int_equal(count(f, &query), 0);
        query.light = CONTRACTS__PROGRESS_LIGHT__LIGHT_GREEN;
        assert_int_equal(count(f, &query), 1);
}

static void test_a_line_tells_today(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        hours_validated(f, 1, s.obligations[0], 1, 83300);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        const Contracts__ContractLine *line = list(f, &query)->contracts[0];
        assert_int_equal(line->stage, CONTRACTS__CONTRACT_STAGE__IN_EXECUTION);
        assert_int_equal(line->owed->hundredths, SEVERAL * 83300);
        assert_int_equal(line->done->hundredths, 83300);
        assert_true(line->expected->hundredths > 0 && line->expected->hundredths < line->owed->hundredths);
        assert_int_equal(line->light, CONTRACTS__PROGRESS_LIGHT__LIGHT_RED); /* the worst of them */
        assert_non_null(line->ends_on);
        assert_non_null(line->next_on);
        assert_true(strlen(line->next_what) > 0);
}

static void test_a_line_of_what_nobody_owes(void **state)
{
        struct fixture *f = *state;
        (void)a_contract(f);
        Contracts__ContractsRequest query = CONTRACTS__CONTRACTS_REQUEST__INIT;
        const Contracts__ContractLine *line = list(f, &query)->contracts[0];
        assert_null(line->owed);
        assert_null(line->next_on);
        assert_int_equal(line->light, CONTRACTS__PROGRESS_LIGHT__LIGHT_UNKNOWN);
        assert_int_equal(line->kind, CONTRACTS__CONTRACT_KIND__MARKET);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_place_kind_and_year, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_where_it_stands, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_line_tells_today, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_line_of_what_nobody_owes, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
