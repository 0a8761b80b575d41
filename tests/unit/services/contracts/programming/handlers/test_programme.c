/* Programme: pages of lines in the order of the list, with their checks and assessments. */
#include "tests/unit/services/contracts/programming/steps.h"

static void test_pages(void **state)
{
        enum { LINES = 7, LIMIT = 3 };
        struct fixture *f = *state;
        Contracts__ImportProgramme *list = a_list(f, "Intitulé|Montant");
        for (int i = 0; i < LINES; i++) {
                char row[32];
                (void)snprintf(row, sizeof(row), "Besoin %c|%d k€", 'G' - i, 10 + i); /* not in the order of names */
                add_row(f, list, row);
        }
        (void)import_list(f, list);
        Contracts__ProgrammeRequest query = CONTRACTS__PROGRAMME_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        query.year = 2027;
        query.page = &page;
        page.limit = LIMIT;
        uint32_t expected = 2, pages = 0;
        do {
                const Contracts__ProgrammeReply *reply = fixture_get(f, coordinator(f), "Programme", &query);
                assert_true(reply->n_lines <= LIMIT);
                for (size_t i = 0; i < reply->n_lines; i++)
                        assert_int_equal(reply->lines[i]->row, expected++);
                page.after = reply->next;
                pages++;
        } while (page.after.len > 0);
        assert_int_equal(expected, LINES + 2);
        assert_int_equal(pages, 3);
        query.year = 2026; /* another programme */
        page.after.len = 0;
        const Contracts__ProgrammeReply *reply = fixture_get(f, coordinator(f), "Programme", &query);
        assert_int_equal(reply->n_lines, 0);
}

static void test_what_a_line_shows(void **state)
{
        struct fixture *f = *state;
        (void)import_list(f, two_lines(f));
        const Contracts__ProgrammeReply *reply = programme(f, coordinator(f), true);
        assert_int_equal(reply->lines[0]->check->duty, CONTRACTS__DUTY__DUTY_OPTIONAL); /* 1.2 M€ of works */
        assert_int_equal(reply->lines[1]->check->duty, CONTRACTS__DUTY__DUTY_MANDATORY);
        assert_int_equal(reply->lines[1]->assessment->n_levers, 4);
        assert_string_equal(reply->lines[1]->assessment->territory, "31");
        assert_null(programme(f, coordinator(f), false)->lines[0]->assessment);
}

static void test_whose_it_is(void **state)
{
        struct fixture *f = *state;
        Contracts__ProgrammeRequest query = CONTRACTS__PROGRAMME_REQUEST__INIT;
        (void)import_list(f, two_lines(f));
        query.year = 2027;
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        directory_tells(f, 1, 1, "13002526500013");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "Programme", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        directory_tells(f, 2, 2, BUYER_SIRET);
        assert_int_equal(programme(f, of_organisation(f, TYPES__ROLE__BUYER, 2), false)->n_lines, 2);
        query.year = 0;
        (void)fixture_refused(f, coordinator(f), "Programme", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.year = 2027;
        query.buyer_siret = arena_text(&f->arena, "");
        (void)fixture_refused(f, coordinator(f), "Programme", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_a_line_shows, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose_it_is, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
