#include "common/import/decp_shapes.h"

#include "common/base/attr.h"
#include "common/codec/contract_key.h"
#include "common/codec/pb.h"
#include "tests/unit/common/import/contract_text.h"

#define A  "{'typeIdentifiant': 'SIRET', 'id': '39281098200018'}"
#define B  "{'typeIdentifiant': 'SIRET', 'id': '80234567800014'}"
#define MA "{'id': 1, 'montant': 150000, 'titulaires': [{'titulaire': " A "}, {'titulaire': " B "}]}"
#define MB                                                                                                             \
        "{'dateNotificationModification': '2024-07-01', 'montant': 160000, 'titulaires': {'titulaire': [" A ", " B "]}}"
#define SA "{'id': 1, 'sousTraitant': " A ", 'montant': 10}"
#define SB "{'sousTraitant': [{'sousTraitant': " B "}], 'montant': 20}"

/* A list of two, $A and $B, in the shapes that platforms write; $W is the key of one, $L that of the list. */
static const char *const shapes[] = {
        "[{'$W': $A}, {'$W': $B}]",
        "[$A, $B]",
        "{'$W': [$A, $B]}",
        "[{'$W': [$A, $B]}]",
        "[{'$W': [$A]}, {'$W': [$B]}]",
        "[[$A, $B]]",
        "[[{'$W': $A}], [{'$W': $B}]]",
        "{'$L': [{'$W': $A}, {'$W': $B}]}",
        "[{'$W': {'$W': [$A, $B]}}]",
        "{'$W': [{'$W': $A}, $B]}",
};
static const char *const shapes_of_one[] = {
        "[{'$W': $A}]", "[$A]", "{'$W': [$A]}", "{'$W': $A}", "$A", "[{'$W': [$A]}]", "[[$A]]", "[[[{'$W': $A}]]]",
};

/* Each list of a contract: its key, that of one part, two parts. */
static const struct list {
        const char *key, *wrapper, *a, *b;
        bool concession;
} lists[] = {
        {"titulaires", "titulaire", A, B, false},
        {"concessionnaires", "concessionnaire", A, B, true},
        {"modifications", "modification", MA, MB, false},
        {"actesSousTraitance", "acteSousTraitance", SA, SB, false},
        {"modificationsActesSousTraitance", "modificationActeSousTraitance", "{'id': 1, 'montant': 5}",
         "{'montant': 6}", false},
};

static char *written(struct reading *reading, const char *shape, const struct list *list)
{
        char *text = arena_text(&reading->arena, "");
        for (; *shape != '\0'; shape++) {
                const char *put = shape[0] != '$'   ? arena_printf(&reading->arena, "%c", *shape)
                                  : shape[1] == 'W' ? list->wrapper
                                  : shape[1] == 'L' ? list->key
                                  : shape[1] == 'A' ? list->a
                                                    : list->b;
                shape += shape[0] == '$';
                text = arena_printf(&reading->arena, "%s%s", text, put);
        }
        return text;
}

static Contracts__ContractRecord *read(struct reading *reading, const char *shape, const struct list *list)
{
        Contracts__ContractRecord *record = contract_with(reading, list->concession ? concession_text : market_text,
                                                          list->key, written(reading, shape, list));
        assert_non_null(record);
        assert_int_equal(reading->found.warnings.count, 0);
        return record;
}

/* The record of every shape is that of the first, the one of the format, and so its identity. */
static void are_one(struct reading *reading, const char *const *all, size_t count, const struct list *list)
{
        const Contracts__ContractRecord *first = read(reading, all[0], list);
        struct slice expected = pb_encode(first, &reading->arena);
        struct id key = contract_key(first, &reading->arena);

        for (size_t i = 1; i < count; i++) {
                const Contracts__ContractRecord *record = read(reading, all[i], list);
                assert_true(slice_equal(pb_encode(record, &reading->arena), expected));
                assert_true(id_equal(contract_key(record, &reading->arena), key));
        }
}

static void every_list_is_read_in_every_shape(void **state)
{
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
                are_one(reading, shapes, ARRAY_SIZE(shapes), &lists[i]);
                are_one(reading, shapes_of_one, ARRAY_SIZE(shapes_of_one), &lists[i]);
        }
        assert_int_equal(read(reading, shapes[0], &lists[0])->n_contractors, 2);
        const Contracts__ContractRecord *record = read(reading, shapes[2], &lists[2]);
        assert_int_equal(record->n_modifications, 2);
        assert_int_equal(record->modifications[1]->number, 2); /* its place, whatever the shape */
        assert_int_equal(record->modifications[1]->n_contractors, 2);
        record = read(reading, shapes[3], &lists[3]);
        assert_string_equal(record->subcontracts[1]->subcontractor->value, "80234567800014");
}

static void the_one_who_concedes_may_stand_in_a_list(void **state)
{
        static const char *const given[] = {
                "{'id': '21310555400017'}",
                "[{'autoriteConcedante': {'id': '21310555400017'}}]",
                "{'autoriteConcedante': {'id': '21310555400017'}}",
                "[{'id': '21310555400017'}]",
                "[[{'id': '21310555400017'}]]",
                "{'autoriteConcedante': [{'id': '21310555400017'}]}",
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(given); i++) {
                const Contracts__ContractRecord *record =
                        contract_with(reading, concession_text, "autoriteConcedante", given[i]);
                assert_non_null(record);
                assert_string_equal(record->buyer_siret, "21310555400017");
                assert_int_equal(reading->found.warnings.count, 0);
        }
}

static void the_place_may_stand_in_a_list(void **state)
{
        struct reading *reading = *state;
        const Contracts__ContractRecord *record =
                market_with(reading, "lieuExecution", "[{'lieuExecution': {'code': '31', 'typeCode': 'Code postal'}}]");

        assert_string_equal(record->place->code, "31");
        assert_int_equal(reading->found.warnings.count, 0);
}

/* What is still not understood is named, with its place; what is empty is none, without a word. */
static void what_is_not_understood_is_named(void **state)
{
        static const struct {
                const char *key, *written;
                enum note_code code;
                const char *field;
        } cases[] = {
                {"modifications", "{}", NOTE_CODES, NULL},
                {"modifications", "'[]'", NOTE_CODES, NULL},
                {"modifications", "[{}]", NOTE_EMPTY, "modifications[0]"},
                {"modifications", "[{'modification': {'avenant': 1}}]", NOTE_EMPTY, "modifications[0].modification"},
                {"modifications", "[{'modification': [1]}]", NOTE_NOT_OBJECT, "modifications[0].modification[0]"},
                {"modifications", "[[[[[[[[[{'id': 1}]]]]]]]]]", NOTE_NOT_OBJECT,
                 "modifications[0][0][0][0][0][0][0][0]"},
                {"actesSousTraitance", "7", NOTE_NOT_LIST, "actesSousTraitance"},
                {"actesSousTraitance", "[null]", NOTE_NOT_OBJECT, "actesSousTraitance[0]"},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                assert_non_null(market_with(reading, cases[i].key, cases[i].written));
                assert_int_equal(reading->found.warnings.count, cases[i].field != NULL);
                if (cases[i].field != NULL)
                        assert_non_null(reading_find(&reading->found.warnings, cases[i].code, cases[i].field));
        }
}

static void a_list_may_be_a_text_of_json(void **state)
{
        static const char python[] = "\"[{'titulaire': {'typeIdentifiant': 'SIRET', 'id': '39281098200018'}}]\"";
        struct reading *reading = *state;
        Contracts__CompanyId **companies = NULL;
        size_t size, count = 0;

        assert_int_equal(market_with(reading, "titulaires",
                                     "'[{\\'typeIdentifiant\\': \\'SIRET\\', \\'id\\': \\'39281098200018\\'}]'")
                                 ->n_contractors,
                         1);
        assert_int_equal(reading->found.warnings.count, 0);
        struct node list = node_root(json_tree_parse(slice_of_text(python), &reading->arena, &size));
        decp_contractors(&reading->found, &list, &count, &companies);
        assert_int_equal(count, 1);
        assert_string_equal(companies[0]->value, "39281098200018");
        assert_int_equal(market_with(reading, "titulaires", "'[{\\'id\\': '")->n_contractors, 0);
        assert_non_null(reading_find(&reading->found.warnings, NOTE_NOT_LIST, "titulaires"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(every_list_is_read_in_every_shape), READING_TEST(the_one_who_concedes_may_stand_in_a_list),
                READING_TEST(the_place_may_stand_in_a_list),     READING_TEST(what_is_not_understood_is_named),
                READING_TEST(a_list_may_be_a_text_of_json),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
