/* What platforms do to lists of organisations, one thing at a time: it is understood, or kept with a remark that has
 * its place, or rejected alone with a true reason. The row behind it is always read. */
#include "common/import/structures.h"

#include "common/base/attr.h"
#include "tests/unit/common/import/reading.h"

enum outcome { UNDERSTOOD, KEPT, REJECTED };

static const char siae[] = "{'pk': 7, 'siret': '39281098200018', 'kind': 'EI', 'name': 'Chantier', 'department': '31',"
                           " 'naf': '8110Z', 'post_code': '31000', 'city': 'Toulouse', 'coords': null,"
                           " 'updated_at': '2026-01-02', 'contact_email': 'a@b.fr'}";

/* The member that is changed; NULL for `what`: it is not there. */
static const struct {
        const char *key, *what;
        enum outcome outcome;
        enum note_code code;
        const char *field;
} variants[] = {
        {"siret", "39281098200018", UNDERSTOOD},
        {"siret", "'392 810 982 00018'", UNDERSTOOD},
        {"siret", "5520000000010", KEPT, NOTE_ZERO_ADDED, "siret"},
        {"siret", "'392810982'", KEPT, NOTE_SIRET_FORM, "siret"},
        {"siret", "'39281098200019'", KEPT, NOTE_SIRET_CHECKSUM, "siret"},
        {"siret", "['39281098200018']", KEPT, NOTE_NOT_TEXT, "siret"},
        {"kind", "'ei'", UNDERSTOOD},
        {"kind", "'EI ou ACI'", REJECTED, NOTE_KIND, "kind"},
        {"kind", "null", REJECTED, NOTE_KIND, "kind"},
        {"department", "1", UNDERSTOOD},
        {"department", "'031'", UNDERSTOOD},
        {"department", "'Haute-Garonne'", KEPT, NOTE_TERRITORY, "department"},
        {"department", "null", UNDERSTOOD}, /* of the postcode */
        {"post_code", "1000", UNDERSTOOD},
        {"pk", "null", REJECTED, NOTE_MISSING, "pk"},
        {"name", "' '", REJECTED, NOTE_MISSING, "name"},
        {"name", "{'fr': 'Chantier'}", REJECTED, NOTE_MISSING, "name"},
        {"coords", "'SRID=4326;POINT (2,4 48,8)'", KEPT, NOTE_COORDINATES, "coords"},
        {"updated_at", "'hier'", KEPT, NOTE_DATE, "updated_at"},
        {"contact_email", "'a@b.fr;c@d.fr'", KEPT, NOTE_MAIL_ADDRESS, "email"},
        {"city", "'Saint-\\ufffdtienne'", KEPT, NOTE_LOST_CHARACTERS, "city"},
        {"naf", "8110", UNDERSTOOD},
};

static void each_row_is_held_for_itself(void **state)
{
        struct reading *reading = *state;
        for (size_t i = 0; i < ARRAY_SIZE(variants); i++) {
                json_t *object = json_loads(reading_quoted(reading, siae), 0, NULL);
                struct structures *reader;
                struct structures_item item, next;
                struct err_info info = {0};
                (void)json_object_del(object, variants[i].key);
                char *rest = json_dumps(object, JSON_COMPACT);
                const char *text = arena_printf(&reading->arena, "[%.*s,\"%s\":%s},%s]", (int)strlen(rest) - 1, rest,
                                                variants[i].key, reading_quoted(reading, variants[i].what),
                                                reading_quoted(reading, siae));
                free(rest);
                json_decref(object);
                if (structures_open_memory(slice_of_text(text), &reader, &info) != 0)
                        fail_msg("%s", info.text);
                assert_int_equal(structures_next(reader, &reading->arena, &item, NULL), 1);
                assert_int_equal(structures_next(reader, &reading->arena, &next, NULL), 1);
                const struct note_list *list = variants[i].outcome == KEPT ? &item.found.warnings : &item.found.reasons;
                bool is_well = (item.organisation == NULL) == (variants[i].outcome == REJECTED) &&
                               (variants[i].outcome == UNDERSTOOD
                                        ? item.found.warnings.count == 0
                                        : reading_find(list, variants[i].code, variants[i].field) != NULL) &&
                               next.organisation != NULL;
                if (!is_well)
                        fail_msg("%s %s: kept %d, warning %s, reason %s", variants[i].key, variants[i].what,
                                 item.organisation != NULL,
                                 item.found.warnings.count > 0 ? item.found.warnings.at[0].field : "-",
                                 item.found.reasons.count > 0 ? item.found.reasons.at[0].field : "-");
                structures_close(reader);
        }
}

static void zeros_are_put_back(void **state)
{
        struct reading *reading = *state;
        struct structures *reader;
        struct structures_item item;
        const char *text = reading_quoted(
                reading, "[{'pk': 7, 'siret': 5520000000010, 'kind': 'EI', 'name': 'x', 'department': 1, 'naf': '',"
                         " 'post_code': 1000}]");

        assert_int_equal(structures_open_memory(slice_of_text(text), &reader, NULL), 0);
        assert_int_equal(structures_next(reader, &reading->arena, &item, NULL), 1);
        assert_string_equal(item.organisation->siret, "05520000000010");
        assert_string_equal(item.organisation->postcode, "01000");
        assert_string_equal(item.organisation->territory, "01");
        assert_string_equal(item.number, "05520000000010");
        structures_close(reader);
}

static void a_list_may_be_empty(void **state)
{
        static const char *const empty[] = {"", " ", "[]"};
        struct structures *reader;
        struct structures_item item;
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(empty); i++) {
                assert_int_equal(structures_open_memory(slice_of_text(empty[i]), &reader, NULL), 0);
                assert_int_equal(structures_next(reader, &reading->arena, &item, NULL), 0);
                structures_close(reader);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(each_row_is_held_for_itself),
                READING_TEST(zeros_are_put_back),
                READING_TEST(a_list_may_be_empty),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
