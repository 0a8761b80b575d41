#include "common/import/decp_contract.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/cpv.h"
#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/place.h"
#include "common/codec/types.h"
#include "common/import/decp_shapes.h"
#include "common/import/fields.h"
#include "common/import/labels.h"

enum { NUMBER_CHARACTERS_MAX = 16, OBJECT_CHARACTERS_MAX = 1000 };

#define FIELD(name) offsetof(Contracts__ContractRecord, name)

/* The fields that need no more than their type, by key. The order is that of the warnings. */
static const struct simple_field {
        const char *key;
        size_t offset;
} codes[] = {
        {"nature", FIELD(nature)},
        {"procedure", FIELD(procedure)},
        {"ccag", FIELD(ccag)},
        {"typeGroupementOperateurs", FIELD(grouping)},
        {"formePrix", FIELD(price_form)},
};
static const struct simple_field days[] = {
        {"datePublicationDonnees", FIELD(published_on)},
        {"dateDebutExecution", FIELD(starts_on)},
};
static const struct simple_field shares[] = {
        {"tauxAvance", FIELD(advance_rate)},
        {"origineUE", FIELD(eu_origin)},
        {"origineFrance", FIELD(french_origin)},
};
static const struct simple_field booleans[] = {
        {"marcheInnovant", FIELD(innovative)},
        {"attributionAvance", FIELD(advance)},
        {"sousTraitanceDeclaree", FIELD(subcontracting_declared)},
};
static const struct simple_field wholes[] = {
        {"dureeMois", FIELD(duration_months)},
        {"offresRecues", FIELD(offers_received)},
};
static const struct word_list {
        const char *key;
        const char *inner;
        size_t count_offset;
        size_t offset;
} word_lists[] = {
        {"techniques", "technique", FIELD(n_techniques), FIELD(techniques)},
        {"modalitesExecution", "modaliteExecution", FIELD(n_execution_modes), FIELD(execution_modes)},
        {"typesPrix", "typePrix", FIELD(n_price_types), FIELD(price_types)},
};

static void *field_at(Contracts__ContractRecord *record, size_t offset)
{
        return (uint8_t *)record + offset;
}

static void put_text(char **field, char *text)
{
        if (text != NULL)
                *field = text;
}

static void put_simple_fields(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
                struct node at = node_member(contract, codes[i].key);
                put_text(field_at(record, codes[i].offset), field_code(found, &at));
        }
        for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
                struct node at = node_member(contract, days[i].key);
                *(Types__Day **)field_at(record, days[i].offset) = field_day_message(found, &at);
        }
        for (size_t i = 0; i < ARRAY_SIZE(shares); i++) {
                struct node at = node_member(contract, shares[i].key);
                *(Types__Share **)field_at(record, shares[i].offset) = field_share_message(found, &at);
        }
        for (size_t i = 0; i < ARRAY_SIZE(booleans); i++) {
                struct node at = node_member(contract, booleans[i].key);
                *(protobuf_c_boolean *)field_at(record, booleans[i].offset) = field_boolean_value(found, &at);
        }
        for (size_t i = 0; i < ARRAY_SIZE(wholes); i++) {
                struct node at = node_member(contract, wholes[i].key);
                *(uint32_t *)field_at(record, wholes[i].offset) = field_whole_value(found, &at, 1);
        }
}

struct words_of {
        size_t *count;
        char ***words;
};

static void add_word(struct findings *found, const struct node *part, size_t place, void *argument)
{
        struct words_of *to = argument;
        char *word = field_code(found, part);

        (void)place;
        if (word == NULL)
                return;
        *to->words = pb_append(*to->words, to->count, sizeof(char *), found->arena);
        (*to->words)[*to->count - 1] = word;
}

static void put_word_list(struct findings *found, const struct node *contract, const struct word_list *row,
                          Contracts__ContractRecord *record)
{
        const char *const names[] = {row->key, row->inner, NULL};
        struct words_of to = {field_at(record, row->count_offset), field_at(record, row->offset)};
        const struct shape shape = {.wrappers = names, .is_words = true, .part = add_word, .argument = &to};
        struct node at = node_member(contract, row->key);

        shape_parts(found, &at, &shape);
}

/* The number and the framework's: longer than the format admits is a doubt, not a fault. */
static char *contract_number(struct findings *found, const struct node *at)
{
        char *number = field_code(found, at);
        if (number != NULL && utf8_length(number) > NUMBER_CHARACTERS_MAX)
                note_warning(found, NOTE_TOO_LONG, at);
        return number;
}

static void put_identity(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const char *const names[] = {"nom", "nom ", NULL};
        struct node id = node_member(contract, "id"), framework = node_member(contract, "idAccordCadre");
        struct node buyer_at = node_member(
                contract, record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION ? "autoriteConcedante" : "acheteur");
        const struct node *buyer = shape_one(found, &buyer_at);
        struct node buyer_id = node_member(buyer, "id"), name = node_first(buyer, names);
        char *number = contract_number(found, &id), *siret = field_siret(found, &buyer_id);

        if (number == NULL)
                note_reason(found, NOTE_MISSING, &id);
        if (siret == NULL)
                note_reason(found, NOTE_MISSING, &buyer_id);
        else if (strlen(siret) != 14 || !text_is_digits(siret, 14))
                note_reason(found, NOTE_SIRET_FORM, &buyer_id);
        else if (!siret_valid(siret))
                note_warning(found, NOTE_SIRET_CHECKSUM, &buyer_id);
        put_text(&record->number, number);
        put_text(&record->buyer_siret, siret);
        put_text(&record->buyer_name, field_text(found, &name));
        put_text(&record->framework_number, contract_number(found, &framework));
}

static void put_notification(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        bool concession = record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION;
        struct node at = node_member(contract, concession ? "dateSignature" : "dateNotification");
        struct day day;
        enum field_state state = field_day(&at, &day);

        if (state == FIELD_READ)
                record->notified_on = day_to(found->arena, day);
        else if (record->format == CONTRACTS__RECORD_FORMAT__DECP_2022)
                note_reason(found, state == FIELD_WRONG ? NOTE_DATE : NOTE_MISSING, &at);
        else
                note_warning(found, state == FIELD_WRONG ? NOTE_DATE : NOTE_MISSING, &at);
}

static void put_amounts(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        bool concession = record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION;
        struct node at = node_member(contract, concession ? "valeurGlobale" : "montant");
        struct node subsidy = node_member(contract, "montantSubventionPublique");
        struct money amount;
        enum note_code reason;

        switch (field_money(&at, &amount, &reason)) {
        case FIELD_READ: record->amount = money_to(found->arena, amount); break;
        case FIELD_ABSENT: note_warning(found, NOTE_MISSING, &at); break;
        case FIELD_WRONG: note_reason(found, reason, &at); break;
        }
        if (concession)
                record->public_subsidy = field_money_message(found, &subsidy);
}

static void put_cpv(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        struct node at = node_member(contract, "codeCPV");
        char code[CPV_TEXT_SIZE], *cpv = field_digits(found, &at);
        enum cpv_form form = cpv == NULL ? CPV_NONE : cpv_read(cpv, code);

        if (cpv == NULL && record->kind == CONTRACTS__CONTRACT_KIND__MARKET)
                note_warning(found, NOTE_MISSING, &at);
        else if (cpv != NULL && form != CPV_WHOLE)
                note_warning(found, form == CPV_NONE ? NOTE_CPV : NOTE_ZERO_ADDED, &at);
        if (form != CPV_NONE)
                record->cpv = arena_text(found->arena, code);
}

static void put_object(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        struct node object = node_member(contract, "objet");
        char *text = field_text(found, &object);

        if (text == NULL)
                note_reason(found, NOTE_MISSING, &object);
        else if (utf8_length(text) > OBJECT_CHARACTERS_MAX)
                note_warning(found, NOTE_TOO_LONG, &object);
        put_text(&record->object, text);
        put_cpv(found, contract, record);
}

static char *place_code(struct findings *found, const struct node *at, Contracts__PlaceKind kind)
{
        char mended[COMMUNE_TEXT_SIZE], *code = field_digits(found, at);

        if (code == NULL || !place_code_mended(kind, code, mended))
                return code;
        note_warning(found, NOTE_ZERO_ADDED, at);
        return arena_text(found->arena, mended);
}

static void put_place(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const struct label kinds[] = {
                {"codepostal", CONTRACTS__PLACE_KIND__POSTCODE},
                {"codecommune", CONTRACTS__PLACE_KIND__COMMUNE},
                {"codearrondissement", CONTRACTS__PLACE_KIND__ARRONDISSEMENT},
                {"codecanton", CONTRACTS__PLACE_KIND__CANTON},
                {"codedepartement", CONTRACTS__PLACE_KIND__DEPARTMENT},
                {"coderegion", CONTRACTS__PLACE_KIND__REGION},
                {"codepays", CONTRACTS__PLACE_KIND__COUNTRY},
        };
        struct node place_at = node_member(contract, "lieuExecution");
        const struct node *at = shape_one(found, &place_at);
        struct node code = node_member(at, "code"), kind_at = node_member(at, "typeCode"),
                    name = node_member(at, "nom");
        int kind = CONTRACTS__PLACE_KIND__PLACE_KIND_UNKNOWN;

        if (at->json == NULL)
                return;
        if (!tree_is_object(at->json)) {
                note_warning(found, NOTE_NOT_OBJECT, at);
                return;
        }
        Contracts__Place *place = pb_new(&contracts__place__descriptor, found->arena);
        char *label = field_code(found, &kind_at);
        if (label != NULL && !label_find(kinds, ARRAY_SIZE(kinds), label, &kind))
                note_warning(found, NOTE_LABEL, &kind_at);
        place->kind = (Contracts__PlaceKind)kind;
        put_text(&place->code, place_code(found, &code, place->kind));
        put_text(&place->name, field_text(found, &name));
        record->place = place;
}

static void put_contractors(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const char *const market[] = {"titulaires", "titulaire", NULL};
        static const char *const concession[] = {"concessionnaires", "concessionnaire", "titulaires", NULL};
        struct node at =
                node_first(contract, record->kind == CONTRACTS__CONTRACT_KIND__CONCESSION ? concession : market);

        decp_contractors(found, &at, &record->n_contractors, &record->contractors);
        if (record->n_contractors == 0)
                note_warning(found, NOTE_MISSING, &at);
}

static bool names_somebody(const struct json_tree *json)
{
        return tree_is_object(json) || tree_count(json) > 0;
}

/* In a mixed list (2019) the element says what it is, by `_type` or by who gives the contract. */
static Contracts__ContractKind kind_of(const struct json_tree *element)
{
        const char *type = tree_text(tree_member(element, "_type"));
        bool concession = type != NULL && strcmp(type, "Contrat de concession") == 0;

        if (!concession && !names_somebody(tree_member(element, "acheteur")))
                concession = names_somebody(tree_member(element, "autoriteConcedante"));
        return concession ? CONTRACTS__CONTRACT_KIND__CONCESSION : CONTRACTS__CONTRACT_KIND__MARKET;
}

/* Exports of data.economie and of some tools: one column a leaf, lists as text. Nothing there can be read safely. */
static bool is_flattened(struct findings *found, const struct node *contract)
{
        static const char *const keys[] = {"acheteur_id", "titulaire_id", "titulaire_id_1", NULL};
        struct node at = node_first(contract, keys);

        if (at.json == NULL || tree_member(contract->json, "acheteur") != NULL)
                return false;
        note_reason(found, NOTE_FLATTENED, &at);
        return true;
}

Contracts__ContractRecord *decp_contract(struct findings *found, const struct json_tree *element,
                                         Contracts__RecordFormat format, Contracts__ContractKind kind)
{
        struct node contract = node_root(element);

        if (!tree_is_object(element)) {
                note_reason(found, NOTE_NOT_OBJECT, &contract);
                return NULL;
        }
        if (is_flattened(found, &contract))
                return NULL;
        Contracts__ContractRecord *record = pb_new(&contracts__contract_record__descriptor, found->arena);
        record->format = format;
        record->kind = kind != CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN ? kind : kind_of(element);
        put_identity(found, &contract, record);
        put_notification(found, &contract, record);
        put_object(found, &contract, record);
        put_amounts(found, &contract, record);
        put_place(found, &contract, record);
        put_contractors(found, &contract, record);
        put_simple_fields(found, &contract, record);
        for (size_t i = 0; i < ARRAY_SIZE(word_lists); i++)
                put_word_list(found, &contract, &word_lists[i], record);
        decp_considerations(found, &contract, record);
        decp_modifications(found, &contract, record);
        decp_subcontracts(found, &contract, record);
        return found->reasons.count > 0 ? NULL : record;
}

void decp_item_read(struct decp_item *item, const struct json_tree *element, Contracts__RecordFormat format,
                    Contracts__ContractKind kind)
{
        struct findings unheard = {.arena = item->found.arena};
        struct node contract = node_root(element), id = node_member(&contract, "id");

        item->record = decp_contract(&item->found, element, format, kind);
        put_text((char **)(uintptr_t)&item->number, field_code(&unheard, &id));
}
