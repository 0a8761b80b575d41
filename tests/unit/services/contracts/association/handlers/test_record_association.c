/* RecordAssociation: whether the facilitator was associated before publication. */
#include "tests/unit/services/contracts/association/association_fixture.h"
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

static void test_it_is_in_the_file(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        (void)fixture_get(f, facilitator(f), "RecordAssociation", associated(f, contract));
        const Contracts__AssociationState *kept = facts_of(f, contract)->file->association;
        assert_int_equal(kept->association, CONTRACTS__ASSOCIATION__ASSOCIATED);
        assert_int_equal(kept->at, CONTRACTS__ASSOCIATION_STAGE__AT_DESIGN);
        assert_string_equal(kept->by, "Direction de la commande publique");
        assert_int_equal(kept->year, 2026);
        const Contracts__ContractFactsReply *facts = facts_of(f, contract);
        assert_non_null(strstr(facts->history[0]->text, "associé avant la publication, depuis le 3 février 2026"));

        (void)fixture_get(f, facilitator(f), "RecordAssociation", not_associated(f, contract));
        kept = facts_of(f, contract)->file->association;
        assert_int_equal(kept->association, CONTRACTS__ASSOCIATION__NOT_ASSOCIATED);
        assert_null(kept->since);
}

/* Associated after the documents were published is not associated before. */
static void test_not_after_the_publication(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f); /* published on 2026-10-01 */
        Contracts__RecordAssociation *command = associated(f, contract);
        command->since = a_day(f, 2026, 10, 2);
        (void)fixture_refused(f, facilitator(f), "RecordAssociation", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->since = a_day(f, 2026, 10, 1);
        (void)fixture_get(f, facilitator(f), "RecordAssociation", command);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_contract(f);
        Contracts__RecordAssociation *command = associated(f, id_to(&f->arena, id_numbered(9)));
        (void)fixture_refused(f, facilitator(f), "RecordAssociation", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command = associated(f, contract);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "RecordAssociation", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->by = arena_text(&f->arena, "");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "RecordAssociation", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "by");
        decline(f, contract);
        (void)fixture_refused(f, facilitator(f), "RecordAssociation", associated(f, contract),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_it_is_in_the_file, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_not_after_the_publication, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
