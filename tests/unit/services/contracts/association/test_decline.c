/* What may be said of an association, and when a contract may be declined or taken up again: the rules alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/types.h"
#include "services/contracts/association/decline.h"
#include "services/contracts/record/contract.h"

static const struct day today = {20000};

static void test_associated_says_since_when_and_by_whom(void **state)
{
        Contracts__RecordAssociation command = CONTRACTS__RECORD_ASSOCIATION__INIT;
        Types__Day since = TYPES__DAY__INIT;
        struct refusal refusal;
        (void)state;
        command.association = CONTRACTS__ASSOCIATION__ASSOCIATED;
        assert_false(association_check(&command, today, &refusal));
        assert_string_equal(refusal.field, "since");
        command.since = &since;
        since.days = 20001;
        assert_false(association_check(&command, today, &refusal));
        assert_string_equal(refusal.field, "since");
        since.days = 20000;
        command.at = CONTRACTS__ASSOCIATION_STAGE__AT_REGULARISATION;
        assert_false(association_check(&command, today, &refusal));
        assert_string_equal(refusal.field, "at");
        command.at = CONTRACTS__ASSOCIATION_STAGE__AT_DRAFTING;
        assert_false(association_check(&command, today, &refusal));
        assert_string_equal(refusal.field, "by");
        command.by = (char *)"Direction des achats";
        assert_true(association_check(&command, today, &refusal));
}

static void test_not_associated_has_no_date(void **state)
{
        Contracts__RecordAssociation command = CONTRACTS__RECORD_ASSOCIATION__INIT;
        Types__Day since = TYPES__DAY__INIT;
        struct refusal refusal;
        (void)state;
        command.association = CONTRACTS__ASSOCIATION__NOT_ASSOCIATED;
        assert_true(association_check(&command, today, &refusal));
        command.since = &since;
        assert_false(association_check(&command, today, &refusal));
        assert_string_equal(refusal.field, "since");
}

static void test_when_a_contract_may_be_declined(void **state)
{
        Contracts__ContractFile file = CONTRACTS__CONTRACT_FILE__INIT;
        Contracts__AssociationState association = CONTRACTS__ASSOCIATION_STATE__INIT;
        struct refusal refusal;
        (void)state;
        assert_false(decline_check(NULL, false, &refusal)); /* nothing said of the association */
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
        file.association = &association;
        association.association = CONTRACTS__ASSOCIATION__ASSOCIATED;
        assert_false(decline_check(&file, false, &refusal));
        association.association = CONTRACTS__ASSOCIATION__NOT_ASSOCIATED;
        assert_true(decline_check(&file, false, &refusal));
        assert_false(decline_check(&file, true, &refusal));
        file.declined = true;
        assert_false(decline_check(&file, false, &refusal));
}

static void test_what_a_declined_contract_admits(void **state)
{
        Contracts__ContractFile file = CONTRACTS__CONTRACT_FILE__INIT;
        struct refusal refusal;
        (void)state;
        assert_true(contract_admits(NULL, &refusal));
        assert_true(contract_admits(&file, &refusal));
        assert_false(resume_check(&file, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
        file.declined = true;
        assert_false(contract_admits(&file, &refusal));
        assert_true(resume_check(&file, &refusal));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_associated_says_since_when_and_by_whom),
                cmocka_unit_test(test_not_associated_has_no_date),
                cmocka_unit_test(test_when_a_contract_may_be_declined),
                cmocka_unit_test(test_what_a_declined_contract_admits),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
