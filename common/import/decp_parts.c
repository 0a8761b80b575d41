/* The repeated parts of a published contract. */
#include <string.h>

#include "common/base/attr.h"
#include "common/base/siret.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/import/decp_contract.h"
#include "common/import/decp_shapes.h"
#include "common/import/fields.h"
#include "common/import/labels.h"

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
        char *value = field_siret(found, &id), *name = field_text(found, &name_at),
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

static void add_company(struct findings *found, const struct node *part, size_t place, void *argument)
{
        struct company_list *to = argument;
        Contracts__CompanyId *company = company_of(found, part);

        (void)place;
        if (company == NULL)
                return;
        *to->companies = pb_append(*to->companies, to->count, sizeof(company), found->arena);
        (*to->companies)[*to->count - 1] = company;
}

void decp_contractors(struct findings *found, const struct node *list, size_t *ret_count,
                      Contracts__CompanyId ***ret_companies)
{
        static const char *const wrappers[] = {"titulaire", "concessionnaire", "titulaires", "concessionnaires", NULL};
        struct company_list to = {.count = ret_count, .companies = ret_companies};
        const struct shape shape = {.wrappers = wrappers, .part = add_company, .argument = &to};

        shape_parts(found, list, &shape);
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
        static const char *const holders[] = {"titulaires", "concessionnaires", "titulaire", "concessionnaire", NULL};
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
        struct node company_at = node_member(part, "sousTraitant"), duration = node_member(part, "dureeMois");
        const struct node *company = shape_one(found, &company_at);
        struct node notified = node_member(part, "dateNotification"),
                    published = node_member(part, "datePublicationDonnees");
        struct node amount = node_member(part, "montant"), variation = node_member(part, "variationPrix");
        Contracts__Subcontract *subcontract = pb_new(&contracts__subcontract__descriptor, found->arena);

        subcontract->number = part_number(found, part, index);
        if (company->json != NULL)
                subcontract->subcontractor = company_of(found, company);
        else
                note_warning(found, NOTE_MISSING, company);
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

/* What tells of a modification, of a subcontract or its modification; the number alone is enough. */
static const char *const modification_keys[] = {"id",
                                                "dateNotificationModification",
                                                "dateSignatureModification",
                                                "datePublicationDonneesModification",
                                                "montant",
                                                "valeurGlobale",
                                                "dureeMois",
                                                "titulaires",
                                                "concessionnaires",
                                                "titulaire",
                                                "concessionnaire",
                                                "objetModification",
                                                NULL};
static const char *const subcontract_keys[] = {"id",
                                               "sousTraitant",
                                               "dureeMois",
                                               "dateNotification",
                                               "datePublicationDonnees",
                                               "montant",
                                               "dateNotificationModificationSousTraitance",
                                               "dateNotificationModificationActeSousTraitance",
                                               "datePublicationDonneesModificationActeSousTraitance",
                                               NULL};

/* A list of parts. */
struct part_list {
        const char *const *names; /* of the list: its own, then that of one part */
        const char *const *known; /* what a part may say: one that says nothing of it is none */
        void *(*one)(struct findings *found, const struct node *part, size_t place);
        void **parts;
        size_t count;
};

static void add_part(struct findings *found, const struct node *part, size_t place, void *argument)
{
        struct part_list *to = argument;

        if (!tree_is_object(part->json)) {
                note_warning(found, NOTE_NOT_OBJECT, part);
                return;
        }
        if (node_first(part, to->known).json == NULL) {
                note_warning(found, NOTE_EMPTY, part);
                return;
        }
        to->parts = pb_append(to->parts, &to->count, sizeof(void *), found->arena);
        to->parts[to->count - 1] = to->one(found, part, place);
}

static void read_parts(struct findings *found, const struct node *contract, struct part_list *to)
{
        struct node at = node_first(contract, to->names);
        const struct shape shape = {.wrappers = to->names, .part = add_part, .argument = to};

        shape_parts(found, &at, &shape);
}

static void *one_modification(struct findings *found, const struct node *part, size_t place)
{
        return modification_of(found, part, place);
}

static void *one_subcontract(struct findings *found, const struct node *part, size_t place)
{
        return subcontract_of(found, part, place);
}

static void *one_subcontract_modification(struct findings *found, const struct node *part, size_t place)
{
        return subcontract_modification_of(found, part, place);
}

void decp_modifications(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const char *const names[] = {"modifications", "modification", NULL};
        struct part_list list = {.names = names, .known = modification_keys, .one = one_modification};

        read_parts(found, contract, &list);
        record->modifications = (Contracts__Modification **)list.parts;
        record->n_modifications = list.count;
}

void decp_subcontracts(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const char *const act_names[] = {"actesSousTraitance", "acteSousTraitance", NULL};
        static const char *const change_names[] = {"modificationsActesSousTraitance", "modificationActeSousTraitance",
                                                   NULL};
        struct part_list acts = {.names = act_names, .known = subcontract_keys, .one = one_subcontract};
        struct part_list changes = {
                .names = change_names, .known = subcontract_keys, .one = one_subcontract_modification};

        read_parts(found, contract, &acts);
        record->subcontracts = (Contracts__Subcontract **)acts.parts;
        record->n_subcontracts = acts.count;
        read_parts(found, contract, &changes);
        record->subcontract_modifications = (Contracts__SubcontractModification **)changes.parts;
        record->n_subcontract_modifications = changes.count;
}
