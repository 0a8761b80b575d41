/* PublishedAnswers: the same for every company, in the order of publication; of private contracts, nothing. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

static void test_in_the_order_of_publication(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Types__Id *first = a_question(f, contract), *second = a_question(f, contract);
        send_to_buyer(f, first);
        send_to_buyer(f, second);
        (void)fixture_get(f, the_buyer(f), "PublishAnswer", publication_of(f, second));
        Wire__Passport *company = of_organisation(f, TYPES__ROLE__COMPANY, 1);
        Wire__Passport *structure = of_organisation(f, TYPES__ROLE__STRUCTURE, 2);
        assert_int_equal(read_answers(f, company, contract)->n_answers, 1);
        (void)fixture_get(f, the_buyer(f), "PublishAnswer", publication_of(f, first));
        const Contracts__PublishedAnswersReply *read = read_answers(f, structure, contract);
        assert_int_equal(read->n_answers, 2);
        assert_int_equal(read->answers[0]->number, 1);
        assert_int_equal(read->answers[1]->number, 2);
        assert_string_equal(read->answers[0]->question, "Les heures des apprentis comptent-elles ?");
        assert_int_equal(read->offers_due_on->days, a_day(f, 2026, 11, 10)->days);
        assert_true(slice_equal(pb_encode(read, &f->arena), pb_encode(read_answers(f, company, contract), &f->arena)));
}

static void test_private_ones_are_nobodys(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.record = a_record(f);
        open.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        const Contracts__OpenContractReply *opened = fixture_get(f, facilitator(f), "OpenContract", &open);
        (void)fixture_get(f, facilitator(f), "OpenConsultation", opening_of(f, opened->contract_id));
        Contracts__PublishedAnswersRequest query = CONTRACTS__PUBLISHED_ANSWERS_REQUEST__INIT;
        query.contract_id = opened->contract_id;
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "PublishedAnswers", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), "PublishedAnswers", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(f, facilitator(f), "PublishedAnswers", &query);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_in_the_order_of_publication, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_private_ones_are_nobodys, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
