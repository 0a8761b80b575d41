/* AgreementFee: a year's fee from the ledger and the contracts of the buyer. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

static const Contracts__AgreementFeeReply *fee_of(struct fixture *f, const Wire__Passport *actor, Types__Id *id,
                                                  uint32_t year)
{
        Contracts__AgreementFeeRequest query = CONTRACTS__AGREEMENT_FEE_REQUEST__INIT;
        query.agreement_id = id;
        query.year = year;
        return fixture_get(f, actor, "AgreementFee", &query);
}

static Types__Id *signed_with(struct fixture *f, Contracts__FeeRule *fee)
{
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->fee = fee;
        return a_signed_agreement(f, agreement);
}

static void test_per_hour(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = a_signed_agreement(f, an_agreement(f));
        Types__Id *obligation = an_obligation(f);
        hours_validated(f, 1, obligation, 1, 15167); /* 2026-10 */
        hours_validated(f, 2, obligation, 2, 3500);
        hours_validated(f, 3, obligation, 2, 3000); /* a correction */
        invoice_converted(f, 4, obligation, 9, 1000);
        const Contracts__AgreementFeeReply *reply = fee_of(f, coordinator(f), id, 2026);
        assert_int_equal(reply->kind, CONTRACTS__FEE_KIND__PER_HOUR);
        assert_int_equal(reply->days, 365);
        assert_int_equal(reply->n_lines, 1);
        assert_int_equal(reply->lines[0]->hours->hundredths, 15167 + 3000 + 1000);
        assert_int_equal(reply->lines[0]->fee->cents, 479175); /* 191.67 h x 25 € */
        assert_string_equal(reply->lines[0]->number, "2026-031");
        assert_int_equal(reply->fee->cents, 479175);
        assert_non_null(strstr(reply->text, "365 jours"));
        assert_int_equal(fee_of(f, coordinator(f), id, 2027)->fee->cents, 0); /* another year */
}

static void test_outside_its_dates(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->starts_on = a_day(f, 2026, 11, 1);
        Types__Id *id = a_signed_agreement(f, agreement);
        hours_validated(f, 1, an_obligation(f), 1, 15167); /* 2026-10 */
        assert_int_equal(fee_of(f, coordinator(f), id, 2026)->fee->cents, 0);
        agreement->starts_on = a_day(f, 2026, 10, 15); /* in force on one of its days */
        id = a_signed_agreement(f, agreement);
        assert_int_equal(fee_of(f, coordinator(f), id, 2026)->fee->cents, 379175);
}

static void test_by_contract_and_share(void **state)
{
        struct fixture *f = *state;
        Contracts__FeeRule *share = a_fee(f, CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT, 0);
        share->share = share_to(&f->arena, share_of_millionths(10000));
        share->year_max = euros(f, 8000);
        (void)a_contract(f);
        Types__Id *id = signed_with(f, share);
        assert_int_equal(fee_of(f, coordinator(f), id, 2026)->fee->cents, 0); /* not followed */
        (void)a_clause(f);                                                    /* on the same contract */
        const Contracts__AgreementFeeReply *reply = fee_of(f, coordinator(f), id, 2026);
        assert_int_equal(reply->uncapped->cents, 1000000); /* 1 % of 1,000,000 € */
        assert_int_equal(reply->fee->cents, 800000);
        assert_int_equal(reply->lines[0]->amount->cents, 100000000);
        assert_non_null(strstr(reply->lines[0]->calculation, "HT = 10"));
        assert_non_null(strstr(reply->text, "plafond"));
        assert_non_null(strstr(reply->text, reply->lines[0]->calculation)); /* printed, line by line */
        Types__Id *by_contract = signed_with(f, a_fee(f, CONTRACTS__FEE_KIND__PER_CONTRACT, 800));
        assert_int_equal(fee_of(f, coordinator(f), by_contract, 2026)->fee->cents, 80000);
        assert_int_equal(fee_of(f, coordinator(f), by_contract, 2027)->fee->cents, 0);
        assert_int_equal(fee_of(f, coordinator(f), id, 2026)->fee->cents, 0); /* counted by the later one */
}

/* Two agreements of one buyer cover a contract: each hour is billed by one of them, whichever was entered first. */
static void test_no_hour_twice(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->starts_on = a_day(f, 2026, 10, 1); /* signed later: from October on */
        Types__Id *later = put_agreement(f, agreement);
        Types__Id *sooner = put_agreement(f, an_agreement(f));
        Contracts__SignAgreement sign = CONTRACTS__SIGN_AGREEMENT__INIT;
        sign.agreement_id = later;
        sign.signed_on = a_day(f, 2026, 9, 20);
        const Contracts__SignAgreementReply *reply = fixture_get(f, facilitator(f), "SignAgreement", &sign);
        assert_int_equal(reply->n_warnings, 0);
        sign.agreement_id = sooner;
        sign.signed_on = a_day(f, 2026, 1, 10);
        reply = fixture_get(f, facilitator(f), "SignAgreement", &sign);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "celle du 20 septembre 2026"));
        hours_validated(f, 1, an_obligation(f), 1, 10000); /* 2026-10 */
        assert_int_equal(fee_of(f, coordinator(f), later, 2026)->fee->cents, 250000);
        const Contracts__AgreementFeeReply *fee = fee_of(f, coordinator(f), sooner, 2026);
        assert_int_equal(fee->fee->cents, 0);
        assert_int_equal(fee->lines[0]->elsewhere->hundredths, 10000);
        assert_non_null(strstr(fee->text, "comptées par une convention signée depuis"));
}

static void test_lump_sum_and_none(void **state)
{
        struct fixture *f = *state;
        Contracts__FeeRule *rule = a_fee(f, CONTRACTS__FEE_KIND__LUMP_SUM_YEAR, 3650);
        rule->by_days = true;
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->fee = rule;
        agreement->starts_on = a_day(f, 2026, 12, 22);
        Types__Id *id = a_signed_agreement(f, agreement);
        const Contracts__AgreementFeeReply *reply = fee_of(f, coordinator(f), id, 2026);
        assert_int_equal(reply->days, 10);
        assert_int_equal(reply->fee->cents, 10000);
        assert_null(reply->lines[0]->contract_id);
        id = signed_with(f, a_fee(f, CONTRACTS__FEE_KIND__NO_FEE, 0));
        reply = fee_of(f, coordinator(f), id, 2026);
        assert_int_equal(reply->n_lines, 0);
        assert_non_null(strstr(reply->text, "non financière"));
}

/* A private contract is in the sum; which one it is, only its own may know. */
static void test_a_private_contract(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.record = a_record(f);
        open.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        (void)fixture_get(f, facilitator(f), "OpenContract", &open);
        Types__Id *id = signed_with(f, a_fee(f, CONTRACTS__FEE_KIND__PER_CONTRACT, 800));
        const Contracts__AgreementFeeReply *reply = fee_of(f, facilitator(f), id, 2026);
        assert_string_equal(reply->lines[0]->number, "2026-031");
        reply = fee_of(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), id, 2026);
        assert_int_equal(reply->fee->cents, 80000);
        assert_int_equal(reply->n_lines, 1);
        assert_null(reply->lines[0]->contract_id);
        assert_string_equal(reply->lines[0]->number, "");
        assert_string_equal(reply->lines[0]->object, "");
}

/* What is looked at are the contracts followed here, of the year where that is what the rule counts; not all that the
 * buyer ever published. */
static void test_of_a_very_large_buyer(void **state)
{
        struct fixture *f = *state;
        Types__Id *by_hour = a_signed_agreement(f, an_agreement(f));
        for (int i = 0; i < 60; i++) {
                Contracts__ContractRecord *record = a_record(f);
                record->number = arena_printf(&f->arena, "L-%d", i);
                record->notified_on = a_day(f, i < 57 ? 2025 : 2026, 3, 2);
                Types__Id *contract = import(f, record)->contract_id;
                if (i % 3 == 0 || i > 57)
                        (void)put_clause(f, clause_on(f, contract)); /* 19 of before, 2 of the year */
        }
        hours_validated(f, 1, record_obligation(f, obligation_on(f, a_clause(f)))->obligation_id, 1, 15167);
        engine_bound_queries(f->engine, 30, 60);
        /* Hours are looked for in all of them: page after page. */
        Contracts__AgreementFeeRequest query = CONTRACTS__AGREEMENT_FEE_REQUEST__INIT;
        query.agreement_id = by_hour;
        query.year = 2026;
        query.page = pb_new(&types__page__descriptor, &f->arena);
        const Contracts__AgreementFeeReply *reply = fixture_get(f, coordinator(f), "AgreementFee", &query);
        size_t lines = reply->n_lines, pages = 1;
        for (; reply->next.len > 0; pages++) {
                assert_null(reply->fee);
                assert_null(reply->uncapped);
                assert_non_null(strstr(reply->text, "page suivante"));
                query.page->after = reply->next;
                reply = fixture_get(f, coordinator(f), "AgreementFee", &query);
                lines += reply->n_lines;
        }
        assert_true(pages > 2);
        assert_int_equal(lines, 1);
        assert_int_equal(reply->fee->cents, 379175);
        assert_int_equal(reply->days, 365);

        /* By contract: those of the year alone. This agreement, signed last, counts them from now on. */
        Types__Id *by_contract = signed_with(f, a_fee(f, CONTRACTS__FEE_KIND__PER_CONTRACT, 800));
        assert_int_equal(fee_of(f, coordinator(f), by_contract, 2026)->fee->cents, 3 * 80000 + 80000);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__AgreementFeeRequest query = CONTRACTS__AGREEMENT_FEE_REQUEST__INIT;
        query.agreement_id = put_agreement(f, an_agreement(f));
        query.year = 2026;
        (void)fixture_refused(f, facilitator(f), "AgreementFee", &query, TYPES__REFUSAL_CODE__WRONG_STATE);
        query.year = 0;
        (void)fixture_refused(f, facilitator(f), "AgreementFee", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.year = 2026;
        query.agreement_id = NULL;
        (void)fixture_refused(f, facilitator(f), "AgreementFee", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_per_hour, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_outside_its_dates, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_contract_and_share, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_hour_twice, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_lump_sum_and_none, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_private_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_a_very_large_buyer, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
