/* The XML of published contracts gives the records that its JSON twin gives. */
#include "common/import/decp_xml.h"

#include <errno.h>
#include <unistd.h>

#include "common/codec/pb.h"
#include "tests/unit/common/import/contract_text.h"

#define MARKET(number)                                                                                                 \
        "<marche><id>" number "</id><acheteur><id>21310555400017</id></acheteur><objet>Clôture &amp; portail"         \
        "</objet><dateNotification>2024-05-06</dateNotification><montant>48.50</montant><considerationsSociales>"      \
        "<considerationSociale>Clause sociale</considerationSociale><considerationSociale>Critère social"             \
        "</considerationSociale></considerationsSociales><titulaires><titulaire><typeIdentifiant>SIRET"                \
        "</typeIdentifiant><id>39281098200018</id></titulaire></titulaires></marche>"

static Contracts__ContractRecord *only(struct reading *reading, const char *text, struct decp_item *ret)
{
        struct decp *reader;
        assert_int_equal(decp_open_memory(slice_of_text(text), &reader, NULL), 0);
        assert_int_equal(decp_next(reader, &reading->arena, ret, NULL), 1);
        struct decp_item none;
        assert_int_equal(decp_next(reader, &reading->arena, &none, NULL), 0);
        decp_close(reader);
        return ret->record;
}

/* JSON of the tests of the room as XML: objects and lists by the format's own names. */
static char *xml_of(struct reading *reading, const char *name, const json_t *json)
{
        struct arena *arena = &reading->arena;
        char *inside = arena_text(arena, "");
        const char *key;
        json_t *member, *inner;
        size_t i;

        if (json_is_object(json)) {
                json_object_foreach ((json_t *)(uintptr_t)json, key, member)
                        inside = arena_printf(arena, "%s%s", inside, xml_of(reading, key, member));
        } else if (json_is_array(json)) {
                bool wrapped = json_is_object(json_array_get(json, 0));
                json_array_foreach (json, i, member) {
                        if (wrapped) /* {"titulaire": {…}} */
                                json_object_foreach (member, key, inner)
                                        inside = arena_printf(arena, "%s%s", inside, xml_of(reading, key, inner));
                        else
                                inside = arena_printf(arena, "%s%s", inside, xml_of(reading, name, member));
                }
                return wrapped ? arena_printf(arena, "<%s>%s</%s>\n", name, inside, name) : inside;
        } else if (json_is_string(json)) {
                inside = arena_text(arena, json_string_value(json));
        } else {
                char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
                inside = arena_text(arena, text);
                free(text);
        }
        return arena_printf(arena, "<%s>%s</%s>\n", name, inside, name);
}

static void same_as_json(struct reading *reading, const char *list, const char *text)
{
        struct decp_item from_xml, from_json;
        json_t *json = json_loads(reading_quoted(reading, text), 0, NULL);
        assert_non_null(json);
        const char *xml = arena_printf(&reading->arena, "<?xml version=\"1.0\"?>\n<marches>%s</marches>",
                                       xml_of(reading, list, json));
        const char *root = arena_printf(&reading->arena, "{'marches': {'%s': [%s]}}", list, text);
        Contracts__ContractRecord *ours = only(reading, xml, &from_xml);
        Contracts__ContractRecord *twin = only(reading, reading_quoted(reading, root), &from_json);
        assert_non_null(ours);
        assert_true(slice_equal(pb_encode(ours, &reading->arena), pb_encode(twin, &reading->arena)));
        assert_string_equal(from_xml.list, list);
        assert_int_equal(from_xml.found.warnings.count, from_json.found.warnings.count);
        json_decref(json);
}

static void the_record_is_that_of_the_json(void **state)
{
        struct reading *reading = *state;
        same_as_json(reading, "marche", market_text);
        same_as_json(reading, "contrat-concession", concession_text);
}

static void elements_come_one_by_one(void **state)
{
        static const char text[] =
                "\xef\xbb\xbf <marches><autre><marche/></autre>" MARKET("1") "<!-- x -->" MARKET("2") "</marches>";
        struct reading *reading = *state;
        struct decp *reader;
        struct decp_item item;
        uint64_t done, total;

        assert_int_equal(decp_open_memory(slice_of_text(text), &reader, NULL), 0);
        for (unsigned i = 0; i < 2; i++) {
                assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 1);
                assert_int_equal(item.index, i);
                assert_string_equal(item.record->object, "Clôture & portail");
                assert_int_equal(item.record->n_social, 2);
                assert_int_equal(item.record->format, CONTRACTS__RECORD_FORMAT__DECP_2022);
                assert_int_equal(item.record->amount->cents, 4850);
        }
        assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 0);
        decp_progress(reader, &done, &total);
        assert_int_equal(done, total);
        decp_close(reader);
}

static void a_bad_element_costs_only_itself(void **state)
{
        static const char text[] = "<marches><marche><id>1</id><acheteur/></marche>" MARKET("2") "</marches>";
        struct reading *reading = *state;
        struct decp *reader;
        struct decp_item item;

        assert_int_equal(decp_open_memory(slice_of_text(text), &reader, NULL), 0);
        assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 1);
        assert_null(item.record);
        assert_non_null(reading_find(&item.found.reasons, NOTE_MISSING, "objet"));
        assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 1);
        assert_non_null(item.record);
        decp_close(reader);
}

static void a_file_that_breaks_off_says_where(void **state)
{
        enum { GOOD = 40 };
        struct reading *reading = *state;
        char *text = arena_text(&reading->arena, "<marches>\n");
        size_t kept = 0;
        int more;
        struct decp *reader;
        struct decp_item item;
        struct err_info info = {0};

        for (int i = 0; i < GOOD; i++)
                text = arena_printf(&reading->arena, "%s%s\n", text, MARKET("1"));
        text = arena_printf(&reading->arena, "%s<marche><id>2</marche></marches>", text);
        assert_int_equal(decp_open_memory(slice_of_text(text), &reader, NULL), 0);
        while ((more = decp_next(reader, &reading->arena, &item, &info)) == 1)
                kept++;
        assert_int_equal(more, ERR_MALFORMED);
        assert_true(kept >= GOOD - 10); /* the parser reads some elements ahead */
        assert_non_null(strstr(info.text, "ligne 42"));
        assert_int_equal(decp_next(reader, &reading->arena, &item, &info), 0);
        decp_close(reader);
}

static void refused(const char *text, const char *why)
{
        struct decp *reader;
        struct err_info info = {0};
        assert_int_equal(decp_open_memory(slice_of_text(text), &reader, &info), ERR_MALFORMED);
        assert_non_null(strstr(info.text, why));
}

static void what_is_no_block_is_refused(void **state)
{
        struct decp *reader;
        (void)state;
        refused("<html><body/></html>", "<html>");
        refused("<marches", "mal formé");
        refused("<", "mal formé");
        assert_int_equal(decp_open("/nowhere/at/all.xml", &reader, NULL), -ENOENT);
}

/* No entity of the file's own: neither expanded a thousand times nor fetched. */
static void entities_are_left_alone(void **state)
{
        static const char text[] = "<!DOCTYPE marches [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;\">"
                                   "<!ENTITY c SYSTEM \"file:///etc/passwd\">]>"
                                   "<marches><marche><id>1</id><acheteur><id>21310555400017</id></acheteur>"
                                   "<objet>y&b;&c;</objet><dateNotification>2024-05-06</dateNotification></marche>"
                                   "</marches>";
        struct reading *reading = *state;
        struct decp_item item;
        Contracts__ContractRecord *record = only(reading, text, &item);
        assert_non_null(record);
        assert_string_equal(record->object, "y");
}

static void the_official_examples_are_read(void **state)
{
        static const struct {
                const char *path;
                size_t contracts;
        } files[] = {
                {READING_DATA "decp/examples_official_2022/Marche.xml", 2},
                {READING_DATA "decp/examples_official_2022/Contrat-concession.xml", 2},
                {READING_DATA "decp/examples_official_2022/Contrat-concession-modification.xml", 2},
                {READING_DATA "decp/examples_official_2019/paquet.xml", 4},
        };
        struct reading *reading = *state;
        reading_need(files[0].path);
        for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
                struct decp *reader;
                struct decp_item item;
                size_t kept = 0;
                assert_int_equal(decp_open(files[i].path, &reader, NULL), 0);
                while (decp_next(reader, &reading->arena, &item, NULL) == 1)
                        kept += item.record != NULL;
                decp_close(reader);
                if (kept != files[i].contracts)
                        fail_msg("%s: %zu contracts", files[i].path, kept);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(the_record_is_that_of_the_json),  READING_TEST(elements_come_one_by_one),
                READING_TEST(a_bad_element_costs_only_itself), READING_TEST(a_file_that_breaks_off_says_where),
                READING_TEST(what_is_no_block_is_refused),     READING_TEST(entities_are_left_alone),
                READING_TEST(the_official_examples_are_read),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
