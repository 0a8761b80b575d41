/* Who buys by a contract. */
#include "services/contracts/record/buyers.h"
#include "tests/unit/services/contracts/fixture.h"

static void test_its_buyer_and_the_members(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        Contracts__ContractFile *file = pb_new(&contracts__contract_file__descriptor, &f->arena);
        assert_true(buyers_has(record, NULL, BUYER_SIRET));
        assert_false(buyers_has(record, NULL, CONTRACTOR_SIRET));
        assert_false(buyers_has(record, file, CONTRACTOR_SIRET));
        Contracts__GroupBuyer member = CONTRACTS__GROUP_BUYER__INIT, *members[] = {&member};
        member.siret = (char *)CONTRACTOR_SIRET;
        file->group_buyers = pb_new(&contracts__group_buyers__descriptor, &f->arena);
        file->group_buyers->buyers = members;
        file->group_buyers->n_buyers = 1;
        assert_true(buyers_has(record, file, BUYER_SIRET));
        assert_ptr_equal(buyers_member(file, CONTRACTOR_SIRET), &member);
        assert_null(buyers_member(file, BUYER_SIRET)); /* it coordinates */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_its_buyer_and_the_members, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
