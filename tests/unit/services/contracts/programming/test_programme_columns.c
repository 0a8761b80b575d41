/* Which column of a buyer's list is which field, by the words in force. */
#include "tests/lib/engine_fixture.h"

#include "common/codec/dated.h"
#include "services/contracts/programming/programme_columns.h"

#define FIELD(NAME) CONTRACTS__PROGRAMME_FIELD__COLUMN_##NAME

struct loaded {
        struct dated words;
        struct arena arena;
};

static int load(void **state)
{
        struct loaded *loaded = calloc(1, sizeof(*loaded));
        struct err_info info = {0};
        assert_non_null(loaded);
        if (dated_load("deploy/rules", "programme_words", &contracts__programme_words__descriptor, &loaded->words,
                       &info) != 0)
                fail_msg("%s", info.text);
        *state = loaded;
        return 0;
}

static int unload(void **state)
{
        struct loaded *loaded = *state;
        dated_fini(&loaded->words);
        arena_fini(&loaded->arena);
        free(loaded);
        return 0;
}

static const void *words(const struct loaded *loaded)
{
        return dated_on(&loaded->words, day_of_civil((struct civil){2027, 1, 1}));
}

static bool resolve(struct loaded *loaded, struct columns *columns, struct refusal *ret_refusal)
{
        const struct mapping none = {0};
        const Types__ListWordsVersion *of_lists = programme_list_words(words(loaded), &loaded->arena);
        columns->fields = PROGRAMME_FIELDS;
        return columns_resolve(column_words_of(of_lists, programme_fields, PROGRAMME_FIELDS, &loaded->arena), columns,
                               none, none, ret_refusal);
}

static void test_headers_are_guessed(void **state)
{
        static const struct {
                const char *header[8];
                int title, amount, launch;
        } vectors[] = {
                {{"Intitulé", "Montant HT", "Lancement"}, 0, 1, 2},
                {{"N°", "OBJET DU MARCHE", "Montant estimé HT (en €)", "Date prévisionnelle de publication"}, 1, 2, 3},
                {{"Trimestre", "Libellé", "Estimation"}, 1, 2, 0},
                {{"Objet", "Intitulé", "Budget"}, 1, 2, -1},
                {{"", "Désignation"}, 1, -1, -1},
        };
        struct loaded *loaded = *state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                char *header[8];
                struct columns columns = {.header = header};
                struct refusal refusal = {0};
                for (; columns.count < 8 && vectors[i].header[columns.count] != NULL; columns.count++)
                        header[columns.count] = arena_text(&loaded->arena, vectors[i].header[columns.count]);
                if (!resolve(loaded, &columns, &refusal))
                        fail_msg("%zu: %s", i, refusal.text);
                assert_int_equal(columns.of[FIELD(TITLE)], vectors[i].title);
                assert_int_equal(columns.of[FIELD(AMOUNT)], vectors[i].amount);
                assert_int_equal(columns.of[FIELD(LAUNCH)], vectors[i].launch);
        }
}

static void test_every_field_has_a_name_and_words(void **state)
{
        struct loaded *loaded = *state;
        struct column_words known = column_words_of(programme_list_words(words(loaded), &loaded->arena),
                                                    programme_fields, PROGRAMME_FIELDS, &loaded->arena);
        assert_int_equal(known.count, PROGRAMME_FIELDS - 1);
        for (int field = 1; field < PROGRAMME_FIELDS; field++)
                assert_int_equal(column_field_named(programme_fields, PROGRAMME_FIELDS, programme_fields[field]),
                                 field);
        assert_int_equal(column_field_named(programme_fields, PROGRAMME_FIELDS, "titre"), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_headers_are_guessed, load, unload),
                cmocka_unit_test_setup_teardown(test_every_field_has_a_name_and_words, load, unload),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
