/* What platforms do to published contracts, one thing at a time: it is understood, or kept with a remark that has its
 * place, or rejected alone with a true reason. The contract behind it is always read. */
#include "common/import/decp.h"

#include "common/base/attr.h"
#include "tests/unit/common/import/contract_text.h"

enum outcome { UNDERSTOOD, KEPT, REJECTED };

/* In JSON `what` is the member of an element that is whole otherwise; in XML it stands there as it is. */
struct variant {
        const char *key, *what;
        enum outcome outcome;
        enum note_code code; /* of the remark or the reason */
        const char *field;
};

static const struct variant of_2022[] = {
        {"titulaires", "{'titulaires': {'titulaire': [{'typeIdentifiant': 'SIRET', 'id': '39281098200018'}]}}",
         UNDERSTOOD},
        {"titulaires", "[{'titulaire': {'typeIdentifiant': 'SIRET', 'id': 39281098200018}}]", UNDERSTOOD},
        {"titulaires", "[null]", KEPT, NOTE_NOT_OBJECT, "titulaires[0]"},
        {"titulaires", "[{'titulaire1': {'id': '39281098200018'}}]", KEPT, NOTE_EMPTY, "titulaires[0]"},
        {"dureeMois", "'12 mois'", KEPT, NOTE_OUT_OF_RANGE, "dureeMois"},
        {"dureeMois", "[12]", KEPT, NOTE_OUT_OF_RANGE, "dureeMois"},
        {"montant", "'120 000,40'", UNDERSTOOD},
        {"montant", "'120000 EUR'", REJECTED, NOTE_NUMBER, "montant"},
        {"dateNotification", "'06/05/2024'", UNDERSTOOD},
        {"dateNotification", "'2024-02-30'", REJECTED, NOTE_DATE, "dateNotification"},
        {"dateNotification", "1714953600", REJECTED, NOTE_DATE, "dateNotification"},
        {"lieuExecution", "{'code': 'FR-31', 'typeCode': 'Code département'}", UNDERSTOOD},
        {"lieuExecution", "{'code': '31555', 'typeCode': 'code_commune'}", UNDERSTOOD},
        {"lieuExecution", "[[{'code': '31555', 'typeCode': 'Code commune'}]]", UNDERSTOOD},
        {"marcheInnovant", "'O'", KEPT, NOTE_BOOLEAN, "marcheInnovant"},
        {"modifications", "[[], {'modification': []}]", UNDERSTOOD},
        {"modifications", "true", KEPT, NOTE_NOT_LIST, "modifications"},
        {"typesPrix", "{'typePrix': {'typePrix': 'Définitif ferme'}}", UNDERSTOOD},
        {"offresRecues", "-1", KEPT, NOTE_OUT_OF_RANGE, "offresRecues"},
        {"objet", "'\\u0000'", REJECTED, NOTE_NOT_JSON, ""},
        {"objet", "['Voirie']", REJECTED, NOTE_MISSING, "objet"},
        {"id", "{'value': '1'}", REJECTED, NOTE_MISSING, "id"},
};

static const struct variant of_2019[] = {
        {"acheteur", "[{'id': '21310555400017', 'nom': 'Ville'}]", UNDERSTOOD},
        {"acheteur", "{'acheteur': {'id': '21310555400017'}}", UNDERSTOOD},
        {"acheteur", "{'id': '213105554'}", REJECTED, NOTE_SIRET_FORM, "acheteur.id"},
        {"titulaires", "{'titulaire': {'typeIdentifiant': 'SIRET', 'id': '39281098200018'}}", UNDERSTOOD},
        {"titulaires", "'[]'", KEPT, NOTE_MISSING, "titulaires"},
        {"modifications", "{'modification': {'objetModification': 'Avenant 1', 'montant': '5'}}", UNDERSTOOD},
        {"modifications", "[{'objetModification': 'Avenant 1', 'titulaires': 'NC'}]", UNDERSTOOD},
        {"dateNotification", "'2018-12-17T00:00:00'", UNDERSTOOD},
        {"dateNotification", "'17 décembre 2018'", KEPT, NOTE_DATE, "dateNotification"},
        {"montant", "'NC'", KEPT, NOTE_MISSING, "montant"},
        {"codeCPV", "[45233140]", KEPT, NOTE_NOT_TEXT, "codeCPV"},
        {"dureeMois", "'24.0'", UNDERSTOOD},
        {"lieuExecution", "{'code': 31, 'typeCode': 'Code departement', 'nom': null}", UNDERSTOOD},
        {"considerationsSociales", "['Clause sociale']", UNDERSTOOD}, /* elements of 2022 in a root of 2019 */
};

#define XML_TOP                                                                                                        \
        "<id>1</id><acheteur><id>21310555400017</id></acheteur><objet>Voirie</objet><codeCPV>45233140</codeCPV>"       \
        "<dateNotification>2024-05-06</dateNotification><montant>10</montant>"                                         \
        "<considerationsSociales><considerationSociale>Clause sociale</considerationSociale></considerationsSociales>"
#define XML_HOLDER "<typeIdentifiant>SIRET</typeIdentifiant><id>39281098200018</id>"

static const struct variant of_xml[] = {
        {NULL, XML_TOP "<titulaires>" XML_HOLDER "</titulaires>", UNDERSTOOD},
        {NULL, XML_TOP "<titulaire>" XML_HOLDER "</titulaire>", UNDERSTOOD},
        {NULL,
         XML_TOP "<titulaires><titulaire>" XML_HOLDER "</titulaire></titulaires><titulaires><titulaire>" XML_HOLDER
                 "</titulaire></titulaires>",
         UNDERSTOOD},
        {NULL, XML_TOP "<titulaires/>", KEPT, NOTE_MISSING, "titulaires"},
        {NULL, XML_TOP "<titulaires>Dupont</titulaires>", KEPT, NOTE_NOT_LIST, "titulaires"},
        {NULL, XML_TOP "<titulaires><titulaire><![CDATA[ ]]>" XML_HOLDER "</titulaire></titulaires>", UNDERSTOOD},
        {NULL,
         XML_TOP "<titulaires><titulaire>" XML_HOLDER "</titulaire></titulaires><modifications><modification>"
                 "<montant>5</montant></modification><modification><montant>6</montant></modification></modifications>",
         UNDERSTOOD},
        {NULL,
         XML_TOP "<titulaires><titulaire>" XML_HOLDER "</titulaire></titulaires><modifications><montant>5</montant>"
                 "</modifications>",
         UNDERSTOOD},
        {NULL,
         XML_TOP "<titulaires><titulaire>" XML_HOLDER "</titulaire></titulaires><techniques>Concours</techniques>",
         UNDERSTOOD},
        {NULL, XML_TOP "<titulaires><titulaire>" XML_HOLDER "</titulaire></titulaires><dureeMois>douze</dureeMois>",
         KEPT, NOTE_OUT_OF_RANGE, "dureeMois"},
        {NULL, "<id>1</id><acheteur><id>21310555400017</id></acheteur><objet>Voirie</objet><techniques/>", REJECTED,
         NOTE_MISSING, "dateNotification"},
        {NULL, "Voirie", REJECTED, NOTE_NOT_OBJECT, ""},
};

/* Reads the file: the first element is the variant, the second one that is whole. */
static void hold(struct reading *reading, const char *text, const struct variant *variant, const char *what)
{
        struct decp *reader;
        struct decp_item item, next;
        const struct note *note = NULL;

        assert_int_equal(decp_open_memory(slice_of_text(text), &reader, NULL), 0);
        assert_int_equal(decp_next(reader, &reading->arena, &item, NULL), 1);
        assert_int_equal(decp_next(reader, &reading->arena, &next, NULL), 1);
        if (variant->outcome != UNDERSTOOD)
                note = reading_find(variant->outcome == KEPT ? &item.found.warnings : &item.found.reasons,
                                    variant->code, variant->field);
        bool is_well = (item.record == NULL) == (variant->outcome == REJECTED) &&
                       (variant->outcome == UNDERSTOOD ? item.found.warnings.count == 0 : note != NULL) &&
                       next.record != NULL && next.index == 1;
        if (!is_well)
                fail_msg("%s: record %d, %zu warnings (%s: %s), %zu reasons (%s: %s)", what, item.record != NULL,
                         item.found.warnings.count,
                         item.found.warnings.count > 0 ? item.found.warnings.at[0].field : "",
                         item.found.warnings.count > 0 ? item.found.warnings.at[0].text : "", item.found.reasons.count,
                         item.found.reasons.count > 0 ? item.found.reasons.at[0].field : "",
                         item.found.reasons.count > 0 ? item.found.reasons.at[0].text : "");
        decp_close(reader);
}

/* The element with that member in place of its own. */
static char *element_with(struct reading *reading, const char *text, const struct variant *variant)
{
        json_t *object = json_loads(reading_quoted(reading, text), 0, NULL);
        assert_non_null(object);
        (void)json_object_del(object, variant->key);
        char *rest = json_dumps(object, JSON_COMPACT);
        char *element = arena_printf(&reading->arena, "%.*s,\"%s\":%s}", (int)strlen(rest) - 1, rest, variant->key,
                                     reading_quoted(reading, variant->what));
        free(rest);
        json_decref(object);
        return element;
}

static void variants_of_2022(void **state)
{
        struct reading *reading = *state;
        for (size_t i = 0; i < ARRAY_SIZE(of_2022); i++) {
                const char *text = arena_printf(&reading->arena, "{\"marches\":{\"marche\":[%s,%s]}}",
                                                element_with(reading, market_text, &of_2022[i]),
                                                reading_quoted(reading, market_text));
                hold(reading, text, &of_2022[i], of_2022[i].what);
        }
}

static void variants_of_2019(void **state)
{
        static const char whole[] =
                "{'id': '1', '_type': 'Marché', 'acheteur': {'id': '21310555400017', 'nom': 'Ville'},"
                " 'dateNotification': '2018-01-02', 'objet': 'x', 'codeCPV': '45000000', 'montant': 10,"
                " 'titulaires': [{'typeIdentifiant': 'SIRET', 'id': '39281098200018'}], 'modifications': []}";
        struct reading *reading = *state;
        for (size_t i = 0; i < ARRAY_SIZE(of_2019); i++) {
                const char *text =
                        arena_printf(&reading->arena, "{\"marches\":[%s,%s]}",
                                     element_with(reading, whole, &of_2019[i]), reading_quoted(reading, whole));
                hold(reading, text, &of_2019[i], of_2019[i].what);
        }
}

static void variants_of_xml(void **state)
{
        struct reading *reading = *state;
        for (size_t i = 0; i < ARRAY_SIZE(of_xml); i++) {
                const char *text = arena_printf(&reading->arena,
                                                "<marches><marche>%s</marche><marche>" XML_TOP "</marche></marches>",
                                                of_xml[i].what);
                hold(reading, text, &of_xml[i], of_xml[i].what);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(variants_of_2022),
                READING_TEST(variants_of_2019),
                READING_TEST(variants_of_xml),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
