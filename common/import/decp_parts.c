/* The repeated parts of a published contract. */
#include <string.h>

#include "common/base/attr.h"
#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/import/decp_contract.h"
#include "common/import/fields.h"
#include "common/import/labels.h"

enum { LIST_NESTING_MAX = 4 };

struct node decp_unwrapped(const struct node *item, const char *wrapper)
{
        struct node inner = node_member(item, wrapper);
        return inner.json != NULL ? inner : *item;
}

struct node decp_list(struct findings *found, const struct node *list, const struct node *inner)
{
        const struct node *at = inner != NULL && inner->json != NULL ? inner : list;
        struct node none = {.up = list->up, .name = list->name};

        if (tree_is_list(at->json))
                return *at;
        if (at->json == NULL)
                return none;
        if (tree_is_text(at->json)) {
                const char *text = tree_text(at->json);
                if (label_is_placeholder(text) || strcmp(text, "[]") == 0)
                        return none;
        }
        note_warning(found, NOTE_NOT_LIST, at);
        return none;
}

/* ---- companies */

static const struct label company_id_kinds[] = {
        {"siret", CONTRACTS__COMPANY_ID_KIND__SIRET},
        {"tva", CONTRACTS__COMPANY_ID_KIND__TVA},
        {"tvaintracommunautaire", CONTRACTS__COMPANY_ID_KIND__TVA},
        {"tahiti", CONTRACTS__COMPANY_ID_KIND__TAHITI},
        {"ridet", CONTRACTS__COMPANY_ID_KIND__RIDET},
        {"frwf", CONTRACTS__COMPANY_ID_KIND__FRWF},
        {"frw", CONTRACTS__COMPANY_ID_KIND__FRWF},
        {"irep", CONTRACTS__COMPANY_ID_KIND__IREP},
        {"horsue", CONTRACTS__COMPANY_ID_KIND__HORS_UE},
};

static void check_company_id(struct findings *found, const struct node *at, const Contracts__CompanyId *company)
{
        if (company->kind != CONTRACTS__COMPANY_ID_KIND__SIRET || company->value[0] == '\0')
                return;
        if (strlen(company->value) != 14 || !text_is_digits(company->value, 14))
                note_warning(found, NOTE_SIRET_FORM, at);
        else if (!siret_valid(company->value))
                note_warning(found, NOTE_SIRET_CHECKSUM, at);
}

/* NULL, with a warning, where neither identifier nor name is there. */
static Contracts__CompanyId *company_of(struct findings *found, const struct node *at)
{
        static const char *const names[] = {"denominationSociale", "nom", "nom ", NULL};
        struct node id = node_member(at, "id"), kind_at = node_member(at, "typeIdentifiant"),
                    name_at = node_first(at, names);
        char *value = field_digits(found, &id), *name = field_text(found, &name_at),
             *label = field_code(found, &kind_at);
        int kind = CONTRACTS__COMPANY_ID_KIND__COMPANY_ID_KIND_UNKNOWN;

        if (value == NULL && name == NULL) {
                note_warning(found, tree_is_object(at->json) ? NOTE_EMPTY : NOTE_NOT_OBJECT, at);
                return NULL;
        }
        if (value != NULL &&
            (label == NULL || !label_find(company_id_kinds, ARRAY_SIZE(company_id_kinds), label, &kind)))
                note_warning(found, NOTE_COMPANY_ID_KIND, &kind_at);
        Contracts__CompanyId *company = pb_new(&contracts__company_id__descriptor, found->arena);
        company->kind = (Contracts__CompanyIdKind)kind;
        if (value != NULL)
                company->value = value;
        else
                note_warning(found, NOTE_MISSING, &id);
        if (name != NULL)
                company->name = name;
        check_company_id(found, &id, company);
        return company;
}

struct company_list {
        size_t *count;
        Contracts__CompanyId ***companies;
};

/* Some publishers nest the list in itself: each level is opened, down to LIST_NESTING_MAX. */
static void add_companies(struct findings *found, const struct node *at, struct company_list *to, int nesting)
{
        if (tree_is_list(at->json) && nesting < LIST_NESTING_MAX) {
                for (size_t i = 0; i < tree_count(at->json); i++) {
                        struct node item = node_item(at, i);
                        add_companies(found, &item, to, nesting + 1);
                }
                return;
        }
        struct node titulaire = decp_unwrapped(at, "titulaire"), inner = decp_unwrapped(&titulaire, "concessionnaire");
        Contracts__CompanyId *company = company_of(found, &inner);
        if (company == NULL)
                return;
        *to->companies = pb_append(*to->companies, to->count, sizeof(company), found->arena);
        (*to->companies)[*to->count - 1] = company;
}

void decp_contractors(struct findings *found, const struct node *list, size_t *ret_count,
                      Contracts__CompanyId ***ret_companies)
{
        struct company_list to = {.count = ret_count, .companies = ret_companies};

        if (tree_is_object(list->json)) {
                add_companies(found, list, &to, 0);
                return;
        }
        struct node items = decp_list(found, list, NULL);
        if (items.json != NULL)
                add_companies(found, &items, &to, 0);
}

/* ---- modifications, subcontracts, their modifications */

/* Numbers run from 1. Absent (2019): the place in the list. Zero is kept and warned of. */
static uint32_t part_number(struct findings *found, const struct node *part, size_t index)
{
        struct node at = node_member(part, "id");
        uint32_t number;

        switch (field_whole(&at, &number)) {
        case FIELD_READ:
                if (number == 0)
                        note_warning(found, NOTE_BELOW_MINIMUM, &at);
                return number;
        case FIELD_WRONG: note_warning(found, NOTE_OUT_OF_RANGE, &at); break;
        case FIELD_ABSENT: break;
        }
        return (uint32_t)index + 1;
}

static Types__Day *first_day(struct findings *found, const struct node *part, const char *const *keys)
{
        struct node at = node_first(part, keys);
        return field_day_message(found, &at);
}

static Contracts__Modification *modification_of(struct findings *found, const struct node *part, size_t index)
{
        static const char *const notified[] = {"dateNotificationModification", "dateSignatureModification", NULL};
        static const char *const amounts[] = {"montant", "valeurGlobale", NULL};
        static const char *const holders[] = {"titulaires", "concessionnaires", NULL};
        struct node published = node_member(part, "datePublicationDonneesModification");
        struct node amount = node_first(part, amounts), duration = node_member(part, "dureeMois");
        struct node contractors = node_first(part, holders), object = node_member(part, "objetModification");
        Contracts__Modification *modification = pb_new(&contracts__modification__descriptor, found->arena);

        modification->number = part_number(found, part, index);
        modification->notified_on = first_day(found, part, notified);
        modification->published_on = field_day_message(found, &published);
        modification->amount = field_money_message(found, &amount);
        modification->duration_months = field_whole_value(found, &duration, 1);
        if (contractors.json != NULL)
                decp_contractors(found, &contractors, &modification->n_contractors, &modification->contractors);
        char *text = field_text(found, &object);
        if (text != NULL)
                modification->object = text;
        return modification;
}

static Contracts__Subcontract *subcontract_of(struct findings *found, const struct node *part, size_t index)
{
        struct node company = node_member(part, "sousTraitant"), duration = node_member(part, "dureeMois");
        struct node notified = node_member(part, "dateNotification"),
                    published = node_member(part, "datePublicationDonnees");
        struct node amount = node_member(part, "montant"), variation = node_member(part, "variationPrix");
        Contracts__Subcontract *subcontract = pb_new(&contracts__subcontract__descriptor, found->arena);

        subcontract->number = part_number(found, part, index);
        if (company.json != NULL)
                subcontract->subcontractor = company_of(found, &company);
        else
                note_warning(found, NOTE_MISSING, &company);
        subcontract->duration_months = field_whole_value(found, &duration, 1);
        subcontract->notified_on = field_day_message(found, &notified);
        subcontract->published_on = field_day_message(found, &published);
        subcontract->amount = field_money_message(found, &amount);
        char *text = field_code(found, &variation);
        if (text != NULL)
                subcontract->price_variation = text;
        return subcontract;
}

static Contracts__SubcontractModification *subcontract_modification_of(struct findings *found, const struct node *part,
                                                                       size_t index)
{
        static const char *const notified[] = {"dateNotificationModificationSousTraitance",
                                               "dateNotificationModificationActeSousTraitance", NULL};
        static const char *const published[] = {"datePublicationDonnees",
                                                "datePublicationDonneesModificationActeSousTraitance", NULL};
        struct node amount = node_member(part, "montant"), duration = node_member(part, "dureeMois");
        Contracts__SubcontractModification *modification =
                pb_new(&contracts__subcontract_modification__descriptor, found->arena);

        modification->number = part_number(found, part, index);
        modification->notified_on = first_day(found, part, notified);
        modification->published_on = first_day(found, part, published);
        modification->amount = field_money_message(found, &amount);
        modification->duration_months = field_whole_value(found, &duration, 1);
        return modification;
}

/* Walks a list of wrapped parts. `name` is its key, `wrapper` the key of each item, `one` makes a message of one. */
struct part_list {
        const char *name;
        const char *wrapper;
        void *(*one)(struct findings *found, const struct node *part, size_t index);
};

static void **parts_of(struct findings *found, const struct node *contract, const struct part_list *row,
                       size_t *ret_count)
{
        struct node at = node_member(contract, row->name), list = decp_list(found, &at, NULL);
        void **parts = NULL;

        for (size_t i = 0; i < tree_count(list.json); i++) {
                struct node item = node_item(&list, i), part = decp_unwrapped(&item, row->wrapper);
                if (!tree_is_object(part.json)) {
                        note_warning(found, NOTE_NOT_OBJECT, &part);
                        continue;
                }
                parts = pb_append(parts, ret_count, sizeof(void *), found->arena);
                parts[*ret_count - 1] = row->one(found, &part, i);
        }
        return parts;
}

static void *one_modification(struct findings *found, const struct node *part, size_t index)
{
        return modification_of(found, part, index);
}

static void *one_subcontract(struct findings *found, const struct node *part, size_t index)
{
        return subcontract_of(found, part, index);
}

static void *one_subcontract_modification(struct findings *found, const struct node *part, size_t index)
{
        return subcontract_modification_of(found, part, index);
}

void decp_modifications(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const struct part_list row = {"modifications", "modification", one_modification};
        record->modifications = (Contracts__Modification **)parts_of(found, contract, &row, &record->n_modifications);
}

void decp_subcontracts(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const struct part_list acts = {"actesSousTraitance", "acteSousTraitance", one_subcontract};
        static const struct part_list changes = {"modificationsActesSousTraitance", "modificationActeSousTraitance",
                                                 one_subcontract_modification};

        record->subcontracts = (Contracts__Subcontract **)parts_of(found, contract, &acts, &record->n_subcontracts);
        record->subcontract_modifications = (Contracts__SubcontractModification **)parts_of(
                found, contract, &changes, &record->n_subcontract_modifications);
}

/* ---- considerations */

/* The values seen, one bit for each, so that a repeated one counts once and their order is that of the format. */
struct considerations {
        unsigned int seen;
        bool wrong;
        bool told;
};

struct consideration_words {
        const struct label *labels;
        size_t label_count;
        void (*note)(struct findings *found, enum note_code code, const struct node *at);
};

static void see_consideration(struct findings *found, const struct node *at, const struct consideration_words *words,
                              struct considerations *to)
{
        int value;
        char *label = tree_is_text(at->json) ? field_code(found, at) : NULL;

        if (label == NULL && (at->json == NULL || tree_is_text(at->json)))
                return;
        to->told = true;
        if (label != NULL && label_find(words->labels, words->label_count, label, &value)) {
                to->seen |= 1u << value;
        } else {
                words->note(found, NOTE_LABEL, at);
                to->wrong = true;
        }
}

static struct considerations considerations_of(struct findings *found, const struct node *outer, const char *inner_key,
                                               const struct consideration_words *words)
{
        struct considerations to = {0};
        struct node inner = node_member(outer, inner_key);
        const struct node *at = tree_is_object(outer->json) ? &inner : outer;

        if (!tree_is_list(at->json))
                see_consideration(found, at, words, &to);
        for (size_t i = 0; i < tree_count(at->json); i++) {
                struct node item = node_item(at, i);
                see_consideration(found, &item, words, &to);
        }
        return to;
}

static bool contradicts(unsigned int seen, unsigned int none)
{
        return (seen & (1u << none)) != 0 && seen != 1u << none;
}

static void put_social(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const struct label labels[] = {
                {"clausesociale", CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE},
                {"criteresocial", CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION},
                {"marchereserve", CONTRACTS__SOCIAL_CONSIDERATION__RESERVED},
                {"concessionreservee", CONTRACTS__SOCIAL_CONSIDERATION__RESERVED},
                {"pasdeconsiderationsociale", CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL},
        };
        static const struct consideration_words words = {labels, ARRAY_SIZE(labels), note_reason};
        struct node at = node_member(contract, "considerationsSociales");
        struct considerations told = considerations_of(found, &at, "considerationSociale", &words);

        if (contradicts(told.seen, CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL))
                note_reason(found, NOTE_CONTRADICTION, &at);
        if (!told.told && record->format == CONTRACTS__RECORD_FORMAT__DECP_2022)
                note_warning(found, NOTE_MISSING, &at);
        for (int value = 1; value <= CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL; value++)
                if ((told.seen & (1u << value)) != 0) {
                        record->social =
                                pb_append(record->social, &record->n_social, sizeof(*record->social), found->arena);
                        record->social[record->n_social - 1] = (Contracts__SocialConsideration)value;
                }
}

static void put_environmental(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const struct label labels[] = {
                {"clauseenvironnementale", CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_CLAUSE},
                {"critereenvironnemental", CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_CRITERION},
                {"pasdeconsiderationenvironnementale", CONTRACTS__ENVIRONMENTAL_CONSIDERATION__NO_ENVIRONMENTAL},
        };
        static const struct consideration_words words = {labels, ARRAY_SIZE(labels), note_warning};
        struct node at = node_member(contract, "considerationsEnvironnementales");
        struct considerations told = considerations_of(found, &at, "considerationEnvironnementale", &words);
        bool contradiction = contradicts(told.seen, CONTRACTS__ENVIRONMENTAL_CONSIDERATION__NO_ENVIRONMENTAL);

        if (contradiction)
                note_warning(found, NOTE_CONTRADICTION, &at);
        if (contradiction || told.wrong)
                return;
        for (int value = 1; value <= CONTRACTS__ENVIRONMENTAL_CONSIDERATION__NO_ENVIRONMENTAL; value++)
                if ((told.seen & (1u << value)) != 0) {
                        record->environmental = pb_append(record->environmental, &record->n_environmental,
                                                          sizeof(*record->environmental), found->arena);
                        record->environmental[record->n_environmental - 1] =
                                (Contracts__EnvironmentalConsideration)value;
                }
}

void decp_considerations(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        put_social(found, contract, record);
        put_environmental(found, contract, record);
}
