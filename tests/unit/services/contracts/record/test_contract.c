/* What can be said of a published contract, without a store. */
#include "tests/unit/services/contracts/fixture.h"

#include "services/contracts/record/contract.h"

static void refused(const Contracts__ContractRecord *record, const char *field)
{
        struct refusal refusal;
        assert_false(contract_check(record, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
}

static void test_check(void **state)
{
        struct fixture f = {0};
        struct refusal refusal;
        (void)state;
        assert_true(contract_check(a_record(&f), &refusal));
        Contracts__ContractRecord *record = a_record(&f);
        record->kind = CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN;
        refused(record, "record.kind");
        record = a_record(&f);
        record->number = arena_text(&f.arena, "  ");
        refused(record, "record.number");
        static const char *const sirets[] = {"", "2131055540001", "213105554000177", "2131055540001A"};
        for (size_t i = 0; i < ARRAY_SIZE(sirets); i++) {
                record = a_record(&f);
                record->buyer_siret = arena_text(&f.arena, sirets[i]);
                refused(record, "record.buyerSiret");
        }
        record = a_record(&f);
        record->object = arena_text(&f.arena, "");
        refused(record, "record.object");
        record = a_record(&f);
        record->amount = money_to(&f.arena, money_of_cents(-1));
        refused(record, "record.amount");
        record->amount = NULL; /* not told is no fault */
        assert_true(contract_check(record, &refusal));
        arena_fini(&f.arena);
}

static void test_considerations(void **state)
{
        Contracts__SocialConsideration social[] = {CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE,
                                                   CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION};
        struct fixture f = {0};
        struct refusal refusal;
        (void)state;
        Contracts__ContractRecord *record = a_record(&f);
        record->social = social;
        record->n_social = 2;
        assert_true(contract_check(record, &refusal));
        social[1] = CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL;
        refused(record, "record.social");
        social[0] = CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL;
        assert_true(contract_check(record, &refusal));
        arena_fini(&f.arena);
}

static void test_current(void **state)
{
        struct fixture f = {0};
        (void)state;
        Contracts__ContractRecord *record = a_record(&f);
        assert_int_equal(contract_current(record).amount->cents, 100000000);
        assert_int_equal(contract_current(record).duration_months, 12);
        add_modification(&f, record, 1, a_day(&f, 2026, 5, 1), 1200000);
        add_modification(&f, record, 2, a_day(&f, 2026, 6, 1), 0);
        record->modifications[1]->amount = NULL; /* the second changed the duration only */
        record->modifications[1]->duration_months = 18;
        assert_int_equal(contract_current(record).amount->cents, 120000000);
        assert_int_equal(contract_current(record).duration_months, 18);
        record->amount = NULL;
        record->n_modifications = 0;
        assert_null(contract_current(record).amount);
        arena_fini(&f.arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_check),
                cmocka_unit_test(test_considerations),
                cmocka_unit_test(test_current),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
