/* Between which obligations hours may pass, and how many. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/obligations/transfer.h"

static Types__Id ids[4];
static uint8_t bytes[4][16];

static Contracts__ObligationRecorded obligation(size_t number, size_t clause, const char *siret)
{
        Contracts__ObligationRecorded row = CONTRACTS__OBLIGATION_RECORDED__INIT;
        for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
                bytes[i][0] = (uint8_t)(i + 1);
                types__id__init(&ids[i]);
                ids[i].value = (ProtobufCBinaryData){sizeof(bytes[i]), bytes[i]};
        }
        row.obligation_id = &ids[number];
        row.clause_id = &ids[clause];
        row.contractor_siret = (char *)(uintptr_t)siret;
        return row;
}

static void test_kinds(void **state)
{
        Contracts__ObligationRecorded one = obligation(0, 2, "13002526500013");
        Contracts__ObligationRecorded member = obligation(1, 2, "38012986646850");
        Contracts__ObligationRecorded elsewhere = obligation(1, 3, "13002526500021");
        Contracts__ObligationRecorded stranger = obligation(1, 3, "38012986646850");
        Contracts__TransferKind kind;
        struct refusal refusal;
        (void)state;
        assert_true(transfer_kind(&one, &member, &kind, &refusal));
        assert_int_equal(kind, CONTRACTS__TRANSFER_KIND__WITHIN_GROUP);
        assert_true(transfer_kind(&one, &elsewhere, &kind, &refusal));
        assert_int_equal(kind, CONTRACTS__TRANSFER_KIND__SAME_COMPANY);
        assert_false(transfer_kind(&one, &stranger, &kind, &refusal));
        assert_string_equal(refusal.field, "toObligationId");
        one.contractor_siret = elsewhere.contractor_siret = (char *)(uintptr_t) "00000000000000"; /* nobody's */
        assert_false(transfer_kind(&one, &elsewhere, &kind, &refusal));
        assert_false(transfer_kind(&one, &one, &kind, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_hours(void **state)
{
        struct ledger ledger = {0};
        struct refusal refusal;
        (void)state;
        ledger.balance[ACCOUNT_DUE] = hours_of_hundredths(1050);
        assert_true(transfer_hours(hours_of_hundredths(1050), &ledger, &refusal));
        assert_true(transfer_hours(hours_of_hundredths(1), &ledger, &refusal));
        assert_false(transfer_hours(hours_of_hundredths(1051), &ledger, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal.text, "10.50 h"));
        ledger.balance[ACCOUNT_DUE] = hours_of_hundredths(-100); /* more done than owed */
        assert_false(transfer_hours(hours_of_hundredths(1), &ledger, &refusal));
}

static void test_who_is_missing(void **state)
{
        char *buyers[] = {(char *)"21310555400017", (char *)"21090122900018"}, *missing[2];
        Contracts__LedgerDecision agreement = CONTRACTS__LEDGER_DECISION__INIT;
        Contracts__LedgerDecision *agreements[] = {&agreement};
        Contracts__TransferView transfer = CONTRACTS__TRANSFER_VIEW__INIT;
        (void)state;
        transfer.buyer_sirets = buyers;
        transfer.n_buyer_sirets = 2;
        assert_int_equal(transfer_missing(&transfer, missing), 2);
        agreement.buyer_siret = buyers[0];
        transfer.agreements = agreements;
        transfer.n_agreements = 1;
        assert_int_equal(transfer_missing(&transfer, missing), 1);
        assert_string_equal(missing[0], buyers[1]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_kinds),
                cmocka_unit_test(test_hours),
                cmocka_unit_test(test_who_is_missing),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
