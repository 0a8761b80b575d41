/* Which column is which field: what is told, what is remembered, what the words say. */
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

static bool resolve(struct loaded *loaded, struct columns *columns, struct programme_mapping told,
                    struct programme_mapping remembered, struct refusal *ret_refusal)
{
        struct programme_mappings mappings = {told, remembered};
        return programme_columns_resolve(words(loaded), &mappings, &loaded->arena, columns, ret_refusal);
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
                struct programme_mapping none = {0};
                struct columns columns = {.header = header};
                struct refusal refusal = {0};
                for (; columns.count < 8 && vectors[i].header[columns.count] != NULL; columns.count++)
                        header[columns.count] = arena_text(&loaded->arena, vectors[i].header[columns.count]);
                if (!resolve(loaded, &columns, none, none, &refusal))
                        fail_msg("%zu: %s", i, refusal.text);
                assert_int_equal(columns.of[FIELD(TITLE)], vectors[i].title);
                assert_int_equal(columns.of[FIELD(AMOUNT)], vectors[i].amount);
                assert_int_equal(columns.of[FIELD(LAUNCH)], vectors[i].launch);
        }
}

static struct programme_mapping one(struct loaded *loaded, const char *column, Contracts__ProgrammeField field)
{
        struct programme_mapping mapping = {arena_alloc(&loaded->arena, sizeof(*mapping.at)), 1};
        mapping.at[0] = pb_new(&contracts__column_mapping__descriptor, &loaded->arena);
        mapping.at[0]->column = arena_text(&loaded->arena, column);
        mapping.at[0]->field = field;
        return mapping;
}

static void test_told_before_remembered_before_guessed(void **state)
{
        struct loaded *loaded = *state;
        char *header[] = {arena_text(&loaded->arena, "Intitulé"), arena_text(&loaded->arena, "Projet"),
                          arena_text(&loaded->arena, "Chapitre"), arena_text(&loaded->arena, "Vague")};
        struct columns columns = {.header = header, .count = ARRAY_SIZE(header)};
        struct programme_mapping none = {0}, told = one(loaded, "PROJET", FIELD(TITLE)),
                                 remembered = one(loaded, "Chapitre", FIELD(TITLE)),
                                 gone = one(loaded, "Ancien", FIELD(TITLE));
        struct refusal refusal = {0};

        assert_true(resolve(loaded, &columns, told, remembered, &refusal));
        assert_int_equal(columns.of[FIELD(TITLE)], 1);
        assert_true(resolve(loaded, &columns, none, remembered, &refusal));
        assert_int_equal(columns.of[FIELD(TITLE)], 2);
        assert_true(resolve(loaded, &columns, none, gone, &refusal)); /* the header changed since */
        assert_int_equal(columns.of[FIELD(TITLE)], 0);

        struct programme_mapping applied = programme_columns_applied(&columns, &loaded->arena);
        assert_int_equal(applied.count, 1);
        assert_string_equal(applied.at[0]->column, "Intitulé");
        size_t unused;
        char **names = columns_unused(&columns, &loaded->arena, &unused);
        assert_int_equal(unused, 3);
        assert_string_equal(names[2], "Vague");
}

static void test_what_is_refused(void **state)
{
        struct loaded *loaded = *state;
        char *header[] = {arena_text(&loaded->arena, "Quoi"), arena_text(&loaded->arena, "Combien")};
        struct columns columns = {.header = header, .count = ARRAY_SIZE(header)};
        struct programme_mapping none = {0};
        struct refusal refusal = {0};

        assert_false(resolve(loaded, &columns, none, none, &refusal));
        assert_string_equal(refusal.field, "header");
        assert_non_null(strstr(refusal.text, "« Quoi », « Combien »"));
        assert_false(resolve(loaded, &columns, one(loaded, "Titre", FIELD(TITLE)), none, &refusal));
        assert_string_equal(refusal.field, "mapping.column");
        assert_non_null(strstr(refusal.text, "« Quoi »"));
        assert_false(resolve(loaded, &columns, one(loaded, "Quoi", FIELD(UNKNOWN)), none, &refusal));
        assert_string_equal(refusal.field, "mapping.field");
        columns.count = 0;
        assert_false(resolve(loaded, &columns, none, none, &refusal));
        assert_string_equal(refusal.field, "header");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_headers_are_guessed, load, unload),
                cmocka_unit_test_setup_teardown(test_told_before_remembered_before_guessed, load, unload),
                cmocka_unit_test_setup_teardown(test_what_is_refused, load, unload),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
