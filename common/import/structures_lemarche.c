/* Inclusive structures, as le Marché de l'inclusion lists them. `name` is the legal name, `brand` the common one. */
#include <string.h>

#include "common/base/attr.h"
#include "common/import/fields.h"
#include "common/import/structures_row.h"

static const struct label kinds[] = {
        {"aci", DIRECTORY__ORGANISATION_KIND__ACI},   {"ai", DIRECTORY__ORGANISATION_KIND__AI},
        {"ei", DIRECTORY__ORGANISATION_KIND__EI},     {"etti", DIRECTORY__ORGANISATION_KIND__ETTI},
        {"eiti", DIRECTORY__ORGANISATION_KIND__EITI}, {"geiq", DIRECTORY__ORGANISATION_KIND__GEIQ},
        {"ea", DIRECTORY__ORGANISATION_KIND__EA},     {"eatt", DIRECTORY__ORGANISATION_KIND__EATT},
        {"esat", DIRECTORY__ORGANISATION_KIND__ESAT},
};

static const struct row_text texts[] = {
        ROW_TEXT("name", legal_name), ROW_TEXT("name", name),           ROW_TEXT("brand", name),
        ROW_TEXT("address", address), ROW_TEXT("post_code", postcode),  ROW_TEXT("city", city),
        ROW_TEXT("naf", naf),         ROW_TEXT("contact_phone", phone), ROW_TEXT("contact_website", website),
        ROW_TEXT("website", website),
};

static void read_kind(struct findings *found, const struct node *row, Directory__Organisation *to)
{
        struct node at = node_member(row, "kind");
        char *label = field_code(found, &at);
        int kind;

        if (label != NULL && label_find(kinds, ARRAY_SIZE(kinds), label, &kind))
                to->kind = (Directory__OrganisationKind)kind;
        else
                note_reason(found, NOTE_KIND, &at);
}

static void read_lemarche(struct findings *found, const struct node *row, Directory__Organisation *to)
{
        struct node id = node_member(row, "pk"), siret = node_member(row, "siret");
        struct node territory = node_member(row, "department"), point = node_member(row, "coords");
        struct node updated = node_member(row, "updated_at"), email = node_member(row, "contact_email");

        read_kind(found, row, to);
        row_texts(found, row, texts, ARRAY_SIZE(texts), to);
        row_source_id(found, &id, to);
        row_siret(found, &siret, false, to);
        row_territory(found, &territory, to);
        row_point(found, &point, to);
        row_updated_on(found, &updated, to);
        char *address = field_text(found, &email);
        if (address != NULL && strchr(address, '@') != NULL) /* "[courriel retiré]" stands there too */
                to->email = address;
        if (to->naf[0] != '\0') /* "5621z": the letter is published in both cases */
                for (char *c = to->naf; *c != '\0'; c++)
                        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
}

const struct structures_format structures_lemarche = {
        "lemarche", {"siret", "kind", "department", "naf"}, NULL, "name", read_lemarche,
};
