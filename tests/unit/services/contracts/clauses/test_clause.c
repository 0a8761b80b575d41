/* What a clause on a lot must be, without a store. */
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/clauses/clause.h"

static const struct territories *asked(const Contracts__PutClause *command)
{
        static struct territories territories;
        territories = (struct territories){command->territories, command->n_territories};
        return &territories;
}

static void test_territories(void **state)
{
        struct fixture f = {0};
        struct territories territories;
        struct refusal refusal;
        (void)state;
        Contracts__ContractRecord *record = a_record(&f);
        Contracts__PutClause *command = clause_on(&f, NULL);
        assert_true(clause_territories(asked(command), record, &f.arena, &territories, &refusal));
        assert_int_equal(territories.count, 1);
        assert_string_equal(territories.codes[0], "31"); /* the place of execution */
        in_territories(&f, command, "09 31 09");
        assert_true(clause_territories(asked(command), record, &f.arena, &territories, &refusal));
        assert_int_equal(territories.count, 2);
        assert_string_equal(territories.codes[0], "09");
        assert_string_equal(territories.codes[1], "31");
        arena_fini(&f.arena);
}

static void test_a_place_that_does_not_tell(void **state)
{
        struct fixture f = {0};
        struct territories territories;
        struct refusal refusal;
        (void)state;
        Contracts__ContractRecord *record = a_record(&f);
        record->place->kind = CONTRACTS__PLACE_KIND__REGION;
        assert_false(clause_territories(asked(clause_on(&f, NULL)), record, &f.arena, &territories, &refusal));
        assert_string_equal(refusal.field, "territories");
        assert_non_null(strstr(refusal.text, "indiquez"));
        arena_fini(&f.arena);
}

static void test_same(void **state)
{
        struct fixture f = {0};
        (void)state;
        Contracts__ClausePut a = CONTRACTS__CLAUSE_PUT__INIT, b;
        a.calibration = a_calibration(&f);
        a.hours = whole_hours(&f, 833);
        b = a;
        b.rules_version = arena_text(&f.arena, "another");
        assert_true(clause_says_same(&a, &b, &f.arena));
        b.hours = whole_hours(&f, 834);
        assert_false(clause_says_same(&a, &b, &f.arena));
        arena_fini(&f.arena);
}

static void test_change(void **state)
{
        struct refusal refusal;
        (void)state;
        assert_true(clause_may_change(false, &refusal));
        assert_false(clause_may_change(true, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_territories),
                cmocka_unit_test(test_a_place_that_does_not_tell),
                cmocka_unit_test(test_same),
                cmocka_unit_test(test_change),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
