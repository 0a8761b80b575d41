/* PreviewProgramme: what would come of a list; nothing is stored. */
#include "tests/unit/services/contracts/programming/steps.h"

static const Contracts__PreviewProgrammeReply *preview(struct fixture *f, Contracts__ImportProgramme *list)
{
        Contracts__PreviewProgrammeRequest query = CONTRACTS__PREVIEW_PROGRAMME_REQUEST__INIT;
        query.programme = list;
        return fixture_get(f, facilitator(f), "PreviewProgramme", &query);
}

static void test_nothing_is_stored(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *list = two_lines(f);
        add_row(f, list, "A3|Voirie|45233140|beaucoup|12|T2 2027|Travaux||");
        add_row(f, list, "A4||45233140|1 M€|12|T2 2027|Travaux||");
        const Contracts__PreviewProgrammeReply *reply = preview(f, list);
        assert_int_equal(reply->report->created, 3);
        assert_int_equal(reply->report->rejected, 1);
        assert_int_equal(reply->n_lines, 3);
        assert_string_equal(reply->lines[1]->title, "Nettoyage des locaux");
        assert_int_equal(engine_position(f->engine), 0);

        (void)import_list(f, list);
        assert_int_equal(preview(f, list)->report->unchanged, 3);
}

static void test_without_a_list(void **state)
{
        struct fixture *f = *state;
        Contracts__PreviewProgrammeRequest query = CONTRACTS__PREVIEW_PROGRAMME_REQUEST__INIT;
        (void)fixture_refused(f, facilitator(f), "PreviewProgramme", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_nothing_is_stored, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_a_list, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
