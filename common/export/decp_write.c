#include "common/export/decp_write.h"

#include "common/base/require.h"
#include "common/codec/decp_labels.h"
#include "common/codec/json.h"
#include "common/codec/types.h"

enum { CENTS_PER_EURO = 100 };

/* ---- values; what is absent is not put */

static void put_text(json_t *object, const char *key, const char *text)
{
        if (text != NULL && *text != '\0')
                json_set_member(object, key, json_string(text));
}

static void put_day(json_t *object, const char *key, const Types__Day *day)
{
        char text[DAY_TEXT_SIZE];
        if (day == NULL)
                return;
        day_format(day_of(day), text);
        json_set_member(object, key, json_string(text));
}

/* Euros: whole ones without a point, as the platforms write them. */
static void put_money(json_t *object, const char *key, const Types__Money *money)
{
        if (money == NULL)
                return;
        bool whole = money->cents % CENTS_PER_EURO == 0;
        json_set_member(object, key,
                        whole ? json_integer(money->cents / CENTS_PER_EURO)
                              : json_real((double)money->cents / CENTS_PER_EURO));
}

static void put_count(json_t *object, const char *key, uint32_t count)
{
        if (count > 0)
                json_set_member(object, key, json_integer(count));
}

static void put_share(json_t *object, const char *key, const Types__Share *share)
{
        if (share != NULL)
                json_set_member(object, key, json_real((double)share->millionths / SHARE_ONE_MILLIONTHS));
}

static void append(json_t *list, json_t *value)
{
        require(value != NULL && json_array_append_new(list, value) == 0);
}

/* {"techniques": {"technique": […]}} */
static void put_wrapped(json_t *object, const char *key, const char *inner, json_t *list)
{
        if (json_array_size(list) == 0) {
                json_decref(list);
                return;
        }
        json_t *wrapper = json_object();
        json_set_member(wrapper, inner, list);
        json_set_member(object, key, wrapper);
}

static json_t *words_of(char *const *words, size_t count)
{
        json_t *list = json_array();
        for (size_t i = 0; i < count; i++)
                append(list, json_string(words[i]));
        return list;
}

/* ---- parts */

static json_t *company_of(const Contracts__CompanyId *company)
{
        json_t *object = json_object();
        put_text(object, "typeIdentifiant", decp_company_label(company->kind));
        put_text(object, "id", company->value);
        return object;
}

static json_t *wrapped(const char *key, json_t *value)
{
        json_t *object = json_object();
        json_set_member(object, key, value);
        return object;
}

static void put_companies(json_t *object, const char *key, const char *wrapper, Contracts__CompanyId *const *companies,
                          size_t count)
{
        if (count == 0)
                return;
        json_t *list = json_array();
        for (size_t i = 0; i < count; i++)
                append(list, wrapped(wrapper, company_of(companies[i])));
        json_set_member(object, key, list);
}

static void put_considerations(json_t *object, const Contracts__ContractRecord *record)
{
        json_t *social = json_array(), *environmental = json_array();
        for (size_t i = 0; i < record->n_social; i++) {
                const char *label = decp_social_label(record->kind, record->social[i]);
                if (label != NULL)
                        append(social, json_string(label));
        }
        for (size_t i = 0; i < record->n_environmental; i++) {
                const char *label = decp_environmental_label(record->environmental[i]);
                if (label != NULL)
                        append(environmental, json_string(label));
        }
        put_wrapped(object, "considerationsSociales", "considerationSociale", social);
        put_wrapped(object, "considerationsEnvironnementales", "considerationEnvironnementale", environmental);
}

static bool is_concession(const Contracts__ContractRecord *record)
{
        return record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION;
}

static json_t *modification_of(const Contracts__ContractRecord *record, const Contracts__Modification *modification)
{
        bool concession = is_concession(record);
        json_t *object = json_object();
        json_set_member(object, "id", json_integer(modification->number));
        put_day(object, concession ? "dateSignatureModification" : "dateNotificationModification",
                modification->notified_on);
        put_day(object, "datePublicationDonneesModification", modification->published_on);
        put_count(object, "dureeMois", modification->duration_months);
        put_money(object, concession ? "valeurGlobale" : "montant", modification->amount);
        if (concession)
                put_companies(object, "concessionnaires", "concessionnaire", modification->contractors,
                              modification->n_contractors);
        else
                put_companies(object, "titulaires", "titulaire", modification->contractors,
                              modification->n_contractors);
        return object;
}

static json_t *subcontract_of(const Contracts__Subcontract *act)
{
        json_t *object = json_object();
        json_set_member(object, "id", json_integer(act->number));
        if (act->subcontractor != NULL)
                json_set_member(object, "sousTraitant", company_of(act->subcontractor));
        put_count(object, "dureeMois", act->duration_months);
        put_day(object, "dateNotification", act->notified_on);
        put_day(object, "datePublicationDonnees", act->published_on);
        put_money(object, "montant", act->amount);
        put_text(object, "variationPrix", act->price_variation);
        return object;
}

static json_t *subcontract_modification_of(const Contracts__SubcontractModification *modification)
{
        json_t *object = json_object();
        json_set_member(object, "id", json_integer(modification->number));
        put_count(object, "dureeMois", modification->duration_months);
        put_day(object, "dateNotificationModificationSousTraitance", modification->notified_on);
        put_money(object, "montant", modification->amount);
        put_day(object, "datePublicationDonnees", modification->published_on);
        return object;
}

/* The format wants these lists absent rather than empty. */
static void put_list(json_t *object, const char *key, json_t *list)
{
        if (json_array_size(list) > 0)
                json_set_member(object, key, json_incref(list));
        json_decref(list);
}

static void put_appended(json_t *object, const Contracts__ContractRecord *record)
{
        json_t *modifications = json_array(), *acts = json_array(), *changes = json_array();
        for (size_t i = 0; i < record->n_modifications; i++)
                append(modifications, wrapped("modification", modification_of(record, record->modifications[i])));
        for (size_t i = 0; i < record->n_subcontracts; i++)
                append(acts, wrapped("acteSousTraitance", subcontract_of(record->subcontracts[i])));
        for (size_t i = 0; i < record->n_subcontract_modifications; i++)
                append(changes, wrapped("modificationActeSousTraitance",
                                        subcontract_modification_of(record->subcontract_modifications[i])));
        put_list(object, "modifications", modifications);
        put_list(object, "actesSousTraitance", acts);
        put_list(object, "modificationsActesSousTraitance", changes);
}

/* ---- the two kinds, in the order of the format's page */

static void put_market(json_t *object, const Contracts__ContractRecord *record)
{
        json_set_member(object, "acheteur", json_object());
        put_text(json_object_get(object, "acheteur"), "id", record->buyer_siret);
        put_text(object, "nature", record->nature);
        put_text(object, "objet", record->object);
        put_text(object, "codeCPV", record->cpv);
        put_wrapped(object, "techniques", "technique", words_of(record->techniques, record->n_techniques));
        put_wrapped(object, "modalitesExecution", "modaliteExecution",
                    words_of(record->execution_modes, record->n_execution_modes));
        put_text(object, "idAccordCadre", record->framework_number);
        json_set_member(object, "marcheInnovant", json_boolean(record->innovative));
        put_text(object, "ccag", record->ccag);
        put_count(object, "offresRecues", record->offers_received);
        json_set_member(object, "attributionAvance", json_boolean(record->advance));
        put_share(object, "tauxAvance", record->advance_rate);
        put_text(object, "typeGroupementOperateurs", record->grouping);
        json_set_member(object, "sousTraitanceDeclaree", json_boolean(record->subcontracting_declared));
        put_text(object, "procedure", record->procedure);
        if (record->place != NULL) {
                json_set_member(object, "lieuExecution", json_object());
                put_text(json_object_get(object, "lieuExecution"), "code", record->place->code);
                put_text(json_object_get(object, "lieuExecution"), "typeCode", decp_place_label(record->place->kind));
        }
        put_count(object, "dureeMois", record->duration_months);
        put_day(object, "dateNotification", record->notified_on);
        put_day(object, "datePublicationDonnees", record->published_on);
        put_money(object, "montant", record->amount);
        put_wrapped(object, "typesPrix", "typePrix", words_of(record->price_types, record->n_price_types));
        put_text(object, "formePrix", record->price_form);
        put_share(object, "origineUE", record->eu_origin);
        put_share(object, "origineFrance", record->french_origin);
        put_companies(object, "titulaires", "titulaire", record->contractors, record->n_contractors);
}

static void put_concession(json_t *object, const Contracts__ContractRecord *record)
{
        json_set_member(object, "autoriteConcedante", json_object());
        put_text(json_object_get(object, "autoriteConcedante"), "id", record->buyer_siret);
        put_text(object, "nature", record->nature);
        put_text(object, "objet", record->object);
        put_text(object, "procedure", record->procedure);
        put_count(object, "dureeMois", record->duration_months);
        put_day(object, "dateSignature", record->notified_on);
        put_day(object, "datePublicationDonnees", record->published_on);
        put_day(object, "dateDebutExecution", record->starts_on);
        put_money(object, "valeurGlobale", record->amount);
        put_money(object, "montantSubventionPublique", record->public_subsidy);
        put_companies(object, "concessionnaires", "concessionnaire", record->contractors, record->n_contractors);
}

json_t *decp_element(const Contracts__ContractRecord *record)
{
        require(record->kind != CONTRACTS__CONTRACT_KIND__PRIVATE);
        json_t *object = json_object();
        put_text(object, "id", record->number);
        if (is_concession(record))
                put_concession(object, record);
        else
                put_market(object, record);
        put_considerations(object, record);
        put_appended(object, record);
        return object;
}

/* ---- the file */

static bool put_bytes(FILE *file, const char *text)
{
        return fputs(text, file) >= 0;
}

static bool write_element(FILE *file, const Contracts__ContractRecord *record, bool first)
{
        json_t *element = decp_element(record);
        bool good = put_bytes(file, first ? "\n" : ",\n") &&
                    json_dumpf(element, file, JSON_COMPACT | JSON_REAL_PRECISION(15)) == 0;
        json_decref(element);
        return good;
}

bool decp_write_record(struct decp_writer *writer, const Contracts__ContractRecord *record)
{
        if (is_concession(record)) {
                if (writer->concessions == NULL)
                        writer->concessions = tmpfile();
                return writer->concessions != NULL &&
                       write_element(writer->concessions, record, writer->concession_count++ == 0);
        }
        if (writer->market_count == 0 && !put_bytes(writer->out, "{\"marches\":{\"marche\":["))
                return false;
        return write_element(writer->out, record, writer->market_count++ == 0);
}

static bool copy(FILE *from, FILE *to)
{
        char bytes[8192];
        size_t size;
        rewind(from);
        while ((size = fread(bytes, 1, sizeof(bytes), from)) > 0)
                if (fwrite(bytes, 1, size, to) != size)
                        return false;
        return ferror(from) == 0;
}

bool decp_write_end(struct decp_writer *writer)
{
        bool markets = writer->market_count > 0, concessions = writer->concession_count > 0;
        /* The format wants one list at least, even an empty one. */
        bool good = markets || concessions || put_bytes(writer->out, "{\"marches\":{\"marche\":[");
        if (concessions)
                good = put_bytes(writer->out,
                                 markets ? "\n],\"contrat-concession\":[" : "{\"marches\":{\"contrat-concession\":[") &&
                       copy(writer->concessions, writer->out);
        good = good && put_bytes(writer->out, "\n]}}\n") && fflush(writer->out) == 0;
        if (writer->concessions != NULL)
                (void)fclose(writer->concessions);
        writer->concessions = NULL;
        return good;
}
