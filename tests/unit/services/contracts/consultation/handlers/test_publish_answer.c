/* PublishAnswer: by the buyer, or recorded with the day and the reference of what the buyer did. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

static void test_by_the_buyer(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Types__Id *question = a_question(f, contract);
        (void)fixture_refused(f, the_buyer(f), "PublishAnswer", publication_of(f, question),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        send_to_buyer(f, question);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "PublishAnswer",
                              publication_of(f, question), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "PublishAnswer",
                              publication_of(f, question), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        const Contracts__PublishAnswerReply *reply =
                fixture_get(f, the_buyer(f), "PublishAnswer", publication_of(f, question));
        assert_int_equal(reply->number, 1);
        const Contracts__PublishedAnswersReply *read =
                read_answers(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), contract);
        assert_int_equal(read->answers[0]->published_on->days, a_day(f, 2026, 10, 18)->days);
        (void)fixture_refused(f, the_buyer(f), "PublishAnswer", publication_of(f, question),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* What the buyer publishes is what it read. */
static void test_another_was_sent_since(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Types__Id *question = a_question(f, contract);
        send_to_buyer(f, question);
        Contracts__PublishAnswer *command = publication_of(f, question);
        command->sending = see_consultation(f, the_buyer(f), contract)->questions[0]->sending;
        assert_int_equal(command->sending, 1);
        send_to_buyer(f, question);
        assert_string_equal(
                fixture_refused(f, the_buyer(f), "PublishAnswer", command, TYPES__REFUSAL_CODE__WRONG_STATE)->field,
                "sending");
        command->sending = 2;
        (void)fixture_get(f, the_buyer(f), "PublishAnswer", command);
}

static void test_recorded_by_a_facilitator(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Types__Id *question = a_question(f, contract);
        send_to_buyer(f, question);
        Contracts__PublishAnswer *command = publication_of(f, question);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "PublishAnswer", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "publishedOn");
        command->published_on = a_day(f, 2026, 10, 17); /* before it was sent */
        (void)fixture_refused(f, facilitator(f), "PublishAnswer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->published_on = a_day(f, 2026, 10, 18);
        assert_string_equal(
                fixture_refused(f, facilitator(f), "PublishAnswer", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "reference");
        command->reference = arena_text(&f->arena, "profil d'acheteur, message 12");
        (void)fixture_get(f, facilitator(f), "PublishAnswer", command);
        const Contracts__ContractFactsReply *facts = see_facts(f, facilitator(f), contract);
        assert_non_null(strstr(facts->history[0]->text, "L'acheteur a publié à tous le 18 octobre 2026 (profil"));
        assert_int_equal(facts->consultation->published, 1);
        assert_int_equal(facts->consultation->pending, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_the_buyer, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_another_was_sent_since, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_recorded_by_a_facilitator, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
