/* One row of a list: a line, or every cell that was not understood. */
#include "tests/unit/services/contracts/programming/steps.h"

#include "common/base/text.h"
#include "common/codec/dated.h"
#include "services/contracts/programming/line_reading.h"
#include "services/contracts/programming/programme_columns.h"

struct made {
        struct dated words;
        struct fixture fixture; /* for its arena */
};

static int load(void **state)
{
        struct made *made = calloc(1, sizeof(*made));
        struct err_info info = {0};
        assert_non_null(made);
        if (dated_load("deploy/rules", "programme_words", &contracts__programme_words__descriptor, &made->words,
                       &info) != 0)
                fail_msg("%s", info.text);
        *state = made;
        return 0;
}

static int unload(void **state)
{
        struct made *made = *state;
        dated_fini(&made->words);
        arena_fini(&made->fixture.arena);
        free(made);
        return 0;
}

static struct line_reading read_row(struct made *made, const char *header, const char *cells)
{
        struct fixture *f = &made->fixture;
        Contracts__ImportProgramme *command = a_list(f, header);
        struct columns columns = {
                .header = command->list->header, .count = command->list->n_header, .fields = PROGRAMME_FIELDS};
        struct refusal refusal = {0};
        struct list_reading list = {dated_on(&made->words, day_of_civil((struct civil){2027, 1, 1})), &columns, 2027};

        add_row(f, command, cells);
        const struct mapping none = {0};
        struct column_words words = column_words_of(programme_list_words(list.words, &f->arena), programme_fields,
                                                    PROGRAMME_FIELDS, &f->arena);
        if (!columns_resolve(words, &columns, none, none, &refusal))
                fail_msg("%s", refusal.text);
        return line_read(&list, command->list->rows[0], &f->arena);
}

static void test_a_whole_line(void **state)
{
        struct made *made = *state;
        struct line_reading read = read_row(made, LIST_HEADER, SCHOOL);
        assert_int_equal(read.error_count, 0);
        assert_string_equal(read.line->reference, "A1");
        assert_string_equal(read.line->title, "Extension de l'école Jean-Jaurès");
        assert_string_equal(read.line->cpv, "45210000");
        assert_int_equal(read.line->amount->cents, 120000000);
        assert_int_equal(read.line->duration_months, 14);
        assert_int_equal(read.line->launch_on->days, day_number(day_of_civil((struct civil){2027, 4, 1})));
        assert_string_equal(read.line->launch_text, "T2 2027");
        assert_int_equal(read.line->nature, CONTRACTS__NATURE__NATURE_WORKS);
        assert_int_equal(read.line->kind, CONTRACTS__CONTRACT_KIND__MARKET);
        assert_string_equal(read.line->place->code, "31000");
        assert_string_equal(read.contact, "Mme Rivière");
}

static void test_what_stands_for_nothing(void **state)
{
        struct made *made = *state;
        struct line_reading read = read_row(made, LIST_HEADER, "|Voirie| |À définir|NC|-|n/a|?|");
        assert_int_equal(read.error_count, 1); /* nothing but a title */
        read = read_row(made, LIST_HEADER, "|Voirie| |0 €|NC|2027|n/a|?|");
        assert_int_equal(read.error_count, 0);
        assert_null(read.line->amount);
        assert_int_equal(read.line->duration_months, 0);
        assert_null(read.line->place);
        assert_true(read_row(made, LIST_HEADER, " | ||-|").is_empty);
        assert_true(read_row(made, LIST_HEADER, "").is_empty);
}

static void test_every_wrong_cell_is_told(void **state)
{
        static const struct {
                const char *cells, *column, *remedy;
        } vectors[] = {
                {"1||45210000|1 M€|12|2027|Travaux||", "Intitulé", "complétez"},
                {"1|Voirie|4521|1 M€|12|2027|Travaux||", "CPV", "huit chiffres"},
                {"1|Voirie|45210000|cher|12|2027|Travaux||", "Montant HT", "1 200 000 €"},
                {"1|Voirie|45210000|1 M€|longtemps|2027|Travaux||", "Durée", "24 mois"},
                {"1|Voirie|45210000|1 M€|12|bientôt|Travaux||", "Lancement", "T2 2027"},
                {"1|Voirie|45210000|1 M€|12|2027|Divers||", "Nature", "travaux"},
                {"|Direction des bâtiments||||||", "Intitulé", "sous-titre"},
        };
        struct made *made = *state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                struct line_reading read = read_row(made, LIST_HEADER, vectors[i].cells);
                bool named =
                        strcmp(vectors[i].column, "Intitulé") != 0; /* what has a title is kept, the cell to mend */
                assert_int_equal(read.line != NULL, named);
                assert_int_equal(read.error_count, 1);
                if (named) {
                        assert_int_equal(read.line->n_to_mend, 1);
                        assert_string_equal(read.line->to_mend[0]->column, vectors[i].column);
                }
                assert_string_equal(read.errors[0]->column, vectors[i].column);
                assert_non_null(strstr(read.errors[0]->text, vectors[i].remedy));
        }
        assert_int_equal(read_row(made, LIST_HEADER, "1|Voirie|4|cher|long|tôt|Divers||").error_count, 5);
}

static void test_long_cells(void **state)
{
        struct made *made = *state;
        char text[1300] = "|";
        for (size_t i = 1; i < sizeof(text) - 2; i += 2)
                memcpy(text + i, "é", 3);
        struct line_reading read = read_row(made, "Intitulé|Montant|Objet", text + 1);
        assert_true(read.error_count > 0);
        assert_true(utf8_valid(read.errors[0]->cell, strlen(read.errors[0]->cell)));
        assert_true(utf8_length(read.errors[0]->cell) <= 61);
}

static void test_considerations(void **state)
{
        static const struct {
                const char *cell;
                size_t count;
                Contracts__SocialConsideration first;
        } vectors[] = {
                {"Clause sociale", 1, CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE},
                {"Clause sociale d'insertion et critère", 2, CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION},
                {"Lot réservé", 1, CONTRACTS__SOCIAL_CONSIDERATION__RESERVED},
                {"Aucune", 1, CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL},
                {"à voir avec le facilitateur", 0, CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_UNKNOWN},
        };
        struct made *made = *state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                char row[128];
                (void)snprintf(row, sizeof(row), "Voirie|%s", vectors[i].cell);
                struct line_reading read = read_row(made, "Intitulé|Considération sociale", row);
                assert_non_null(read.line);
                assert_string_equal(read.line->consideration, vectors[i].cell);
                assert_int_equal(read.line->n_social, vectors[i].count);
                if (vectors[i].count > 0)
                        assert_int_equal(read.line->social[0], vectors[i].first);
        }
}

static void test_a_spreadsheet_s_day(void **state)
{
        struct made *made = *state;
        struct line_reading read = read_row(made, "Intitulé|Lancement", "Parking|46463.5");
        assert_int_equal(read.line->launch_on->days, day_number(day_of_civil((struct civil){2027, 3, 17})));
        assert_string_equal(read.line->launch_text, "2027-03-17");
}

static void test_natures(void **state)
{
        struct made *made = *state;
        struct line_reading read = read_row(made, "Intitulé|Nature", "Parking|Délégation de service public");
        assert_int_equal(read.line->kind, CONTRACTS__CONTRACT_KIND__CONCESSION);
        read = read_row(made, "Intitulé|Nature", "Papier|FCS");
        assert_int_equal(read.line->kind, CONTRACTS__CONTRACT_KIND__MARKET);
        assert_int_equal(read.line->nature, CONTRACTS__NATURE__NATURE_UNKNOWN);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_whole_line, load, unload),
                cmocka_unit_test_setup_teardown(test_what_stands_for_nothing, load, unload),
                cmocka_unit_test_setup_teardown(test_every_wrong_cell_is_told, load, unload),
                cmocka_unit_test_setup_teardown(test_long_cells, load, unload),
                cmocka_unit_test_setup_teardown(test_considerations, load, unload),
                cmocka_unit_test_setup_teardown(test_a_spreadsheet_s_day, load, unload),
                cmocka_unit_test_setup_teardown(test_natures, load, unload),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
