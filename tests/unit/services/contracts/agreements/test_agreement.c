/* The pure rules of an agreement: what a draft may say, its terms, its state, and which contracts it covers. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

#include "services/contracts/agreements/agreement.h"

static struct day on(int year, int month, int day)
{
        return day_of_civil((struct civil){year, month, day});
}

static void assert_refused_field(const Contracts__Agreement *agreement, const char *field)
{
        struct refusal refusal = {0};
        assert_false(agreement_check(agreement, &refusal));
        assert_string_equal(refusal.field, field);
        assert_true(strlen(refusal.text) > 20);
}

static void test_a_draft(void **state)
{
        struct fixture *f = *state;
        struct refusal refusal;
        assert_true(agreement_check(an_agreement(f), &refusal));

        Contracts__Agreement *draft = pb_new(&contracts__agreement__descriptor, &f->arena);
        draft->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        draft->buyer_name = arena_text(&f->arena, "Commune");
        add_text(f, &draft->territories, &draft->n_territories, "2A");
        assert_true(agreement_check(draft, &refusal)); /* the rest may come later */
}

static void test_what_a_draft_may_not_say(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        add_text(f, &agreement->buyer_commitments, &agreement->n_buyer_commitments, " ");
        assert_refused_field(agreement, "agreement.buyerCommitments");
        agreement = an_agreement(f);
        agreement->ends_on = a_day(f, 2025, 12, 31);
        assert_refused_field(agreement, "agreement.endsOn");
        agreement = an_agreement(f);
        agreement->tacit_renewal = false;
        assert_refused_field(agreement, "agreement.renewalMonths");
        agreement = an_agreement(f);
        agreement->renewal_months = 0;
        assert_refused_field(agreement, "agreement.renewalMonths");
}

static void test_fee_rules(void **state)
{
        struct fixture *f = *state;
        struct refusal refusal;
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->fee = a_fee(f, CONTRACTS__FEE_KIND__NO_FEE, 0);
        assert_true(agreement_check(agreement, &refusal));
        assert_false(agreement_is_financial(agreement));
        agreement->fee->rate = euros(f, 10);
        assert_refused_field(agreement, "agreement.fee.rate");
        agreement->fee = a_fee(f, CONTRACTS__FEE_KIND__PER_HOUR, 0);
        assert_refused_field(agreement, "agreement.fee.rate");
        agreement->fee = a_fee(f, CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT, 0);
        assert_refused_field(agreement, "agreement.fee.share");
        agreement->fee->share = share_to(&f->arena, share_of_millionths(10000));
        assert_true(agreement_check(agreement, &refusal));
        assert_true(agreement_is_financial(agreement));
        agreement->fee->year_max = euros(f, 0);
        assert_refused_field(agreement, "agreement.fee.yearMax");
        agreement->fee = a_fee(f, CONTRACTS__FEE_KIND__PER_CONTRACT, 800);
        agreement->fee->by_days = true;
        assert_refused_field(agreement, "agreement.fee.byDays");
}

static Contracts__AgreementRow *a_row(struct fixture *f, bool is_signed)
{
        Contracts__AgreementRow *row = pb_new(&contracts__agreement_row__descriptor, &f->arena);
        row->agreement = an_agreement(f);
        row->signed_on = is_signed ? a_day(f, 2025, 12, 10) : NULL;
        return row;
}

static void test_terms(void **state)
{
        struct fixture *f = *state;
        Contracts__AgreementRow *row = a_row(f, true);
        struct agreement_term term = agreement_term(row, on(2026, 5, 1));
        assert_int_equal(day_number(term.ends_on), day_number(on(2026, 12, 31)));
        assert_int_equal(term.renewals, 0);
        assert_true(term.renews);
        term = agreement_term(row, on(2027, 5, 1)); /* the one tacit renewal that it allows */
        assert_int_equal(day_number(term.ends_on), day_number(on(2027, 12, 31)));
        assert_int_equal(term.renewals, 1);
        assert_false(term.renews);
        assert_true(agreement_in_force(row, on(2027, 12, 31)));
        assert_false(agreement_in_force(row, on(2028, 1, 1)));
        assert_false(agreement_in_force(row, on(2025, 12, 31)));
        row->agreement->renewals_max = 0;
        assert_true(agreement_in_force(row, on(2056, 1, 1)));
        row->ended_on = a_day(f, 2027, 3, 31);
        assert_true(agreement_in_force(row, on(2027, 3, 31)));
        assert_false(agreement_in_force(row, on(2027, 4, 1)));
        row->agreement->tacit_renewal = false;
        assert_false(agreement_in_force(row, on(2027, 1, 1)));
}

static void test_states_and_decisions(void **state)
{
        struct fixture *f = *state;
        struct day by = on(1970, 1, 1);
        Contracts__AgreementRow *row = a_row(f, false);
        assert_int_equal(agreement_state(row, on(2026, 2, 1)), CONTRACTS__AGREEMENT_STATE__AGREEMENT_DRAFT);
        assert_false(agreement_decide_by(row, on(2026, 2, 1), &by));
        row->ended_on = a_day(f, 2026, 1, 1);
        assert_int_equal(agreement_state(row, on(2026, 2, 1)), CONTRACTS__AGREEMENT_STATE__AGREEMENT_ENDED);
        row = a_row(f, true);
        assert_int_equal(agreement_state(row, on(2025, 12, 20)), CONTRACTS__AGREEMENT_STATE__AGREEMENT_COMING);
        assert_int_equal(agreement_state(row, on(2026, 1, 1)), CONTRACTS__AGREEMENT_STATE__AGREEMENT_IN_FORCE);
        assert_int_equal(agreement_state(row, on(2028, 1, 1)), CONTRACTS__AGREEMENT_STATE__AGREEMENT_EXPIRED);
        assert_false(agreement_decide_by(row, on(2028, 1, 1), &by));
        assert_true(agreement_decide_by(row, on(2026, 2, 1), &by));
        assert_int_equal(day_number(by), day_number(on(2026, 11, 1))); /* 60 days before 31 December */
        row->ended_on = a_day(f, 2026, 6, 30);
        assert_false(agreement_decide_by(row, on(2026, 2, 1), &by)); /* decided */
        assert_int_equal(agreement_state(row, on(2026, 2, 1)), CONTRACTS__AGREEMENT_STATE__AGREEMENT_IN_FORCE);
        assert_int_equal(agreement_state(row, on(2026, 7, 1)), CONTRACTS__AGREEMENT_STATE__AGREEMENT_ENDED);
}

static void test_coverage(void **state)
{
        struct fixture *f = *state;
        Contracts__AgreementRow *row = a_row(f, true);
        char *here[] = {arena_text(&f->arena, "31")}, *elsewhere[] = {arena_text(&f->arena, "09")};
        struct agreement_contract contract = {a_record(f), here, 1, NULL, 0, on(2026, 3, 2)};
        assert_int_equal(agreement_coverage(row, &contract), COVERAGE_FULL);
        contract.dated_on = on(2028, 1, 1);
        assert_int_equal(agreement_coverage(row, &contract), COVERAGE_OTHER_DATE);
        row->agreement->kinds = arena_zalloc(&f->arena, sizeof(*row->agreement->kinds));
        row->agreement->kinds[0] = CONTRACTS__CONTRACT_KIND__CONCESSION;
        row->agreement->n_kinds = 1;
        assert_int_equal(agreement_coverage(row, &contract), COVERAGE_OTHER_KIND);
        contract.territories = elsewhere;
        assert_int_equal(agreement_coverage(row, &contract), COVERAGE_OTHER_TERRITORY);
        contract.territory_count = 0; /* nobody has said where */
        row->agreement->n_kinds = 0;
        contract.dated_on = on(2026, 3, 2);
        assert_int_equal(agreement_coverage(row, &contract), COVERAGE_FULL);
        row->signed_on = NULL;
        assert_int_equal(agreement_coverage(row, &contract), COVERAGE_NOT_SIGNED);
        row->agreement->buyer_siret = arena_text(&f->arena, "21090122900018");
        assert_int_equal(agreement_coverage(row, &contract), COVERAGE_OTHER_BUYER);
}

static void test_trades(void **state)
{
        struct fixture *f = *state;
        Contracts__AgreementRow *row = a_row(f, true);
        Contracts__Lot lot = CONTRACTS__LOT__INIT, *lots[] = {&lot};
        char *here[] = {arena_text(&f->arena, "31")};
        struct agreement_contract contract = {a_record(f), here, 1, lots, 0, on(2026, 3, 2)};
        add_text(f, &row->agreement->cpv_prefixes, &row->agreement->n_cpv_prefixes, "77");
        assert_int_equal(agreement_coverage(row, &contract), COVERAGE_OTHER_KIND);
        lot.cpv = arena_text(&f->arena, "77310000-6");
        contract.lot_count = 1;
        assert_int_equal(agreement_coverage(row, &contract), COVERAGE_FULL); /* one lot of it */
        for (enum coverage near = COVERAGE_OTHER_BUYER; near < COVERAGE_FULL; near++)
                assert_true(strlen(coverage_reason(near)) > 20);
        assert_string_equal(coverage_reason(COVERAGE_FULL), "");
}

static void test_rules_that_do_not_warn(void **state)
{
        struct dated rules = {0};
        struct err_info info = {0};
        (void)state;
        assert_int_equal(
                dated_load("deploy/rules", "agreements", &contracts__agreement_rules__descriptor, &rules, &info), 0);
        assert_int_equal(agreement_rules_check(&rules, &info), 0);
        ((Contracts__AgreementRules *)(uintptr_t)rules.root)->versions[0]->renewal_warning_days = 0;
        assert_int_equal(agreement_rules_check(&rules, &info), ERR_CONFIG);
        dated_fini(&rules);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_draft, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_a_draft_may_not_say, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_fee_rules, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_terms, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_states_and_decisions, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_coverage, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_trades, setup, fixture_close),
                cmocka_unit_test(test_rules_that_do_not_warn),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
