/* Prescribers, as les Emplois de l'inclusion lists them. Their SIRET are absent or invented: the key is the uid. */
#include <string.h>

#include "common/base/attr.h"
#include "common/import/fields.h"
#include "common/import/structures_row.h"

static const struct label kinds[] = {
        {"ft", DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL},
        {"pe", DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL},
        {"ml", DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE},
        {"capemploi", DIRECTORY__ORGANISATION_KIND__CAP_EMPLOI},
        {"plie", DIRECTORY__ORGANISATION_KIND__PLIE},
        {"dept", DIRECTORY__ORGANISATION_KIND__DEPARTEMENT},
        {"ccas", DIRECTORY__ORGANISATION_KIND__CCAS},
        {"pjj", DIRECTORY__ORGANISATION_KIND__PJJ},
        {"spip", DIRECTORY__ORGANISATION_KIND__SPIP},
        {"epide", DIRECTORY__ORGANISATION_KIND__EPIDE},
        {"e2c", DIRECTORY__ORGANISATION_KIND__E2C},
        {"mdph", DIRECTORY__ORGANISATION_KIND__MDPH},
        {"autre", DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER},
        {"other", DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER},
};

static const struct row_text texts[] = {
        ROW_TEXT("name", name),
        ROW_TEXT("post_code", postcode),
        ROW_TEXT("city", city),
        ROW_TEXT("website", website),
};

static void read_address(struct findings *found, const struct node *row, Directory__Organisation *to)
{
        struct node first = node_member(row, "address_line_1"), second = node_member(row, "address_line_2");
        char *one = field_text(found, &first), *two = field_text(found, &second);

        if (one != NULL && two != NULL)
                to->address = arena_printf(found->arena, "%s, %s", one, two);
        else if (one != NULL || two != NULL)
                to->address = one != NULL ? one : two;
}

static void read_itou(struct findings *found, const struct node *row, Directory__Organisation *to)
{
        struct node id = node_member(row, "uid"), siret = node_member(row, "siret"), kind_at = node_member(row, "kind");
        struct node territory = node_member(row, "department"), point = node_member(row, "coords");
        struct node status = node_member(row, "authorization_status");
        int kind = DIRECTORY__ORGANISATION_KIND__OTHER_PRESCRIBER;
        char *label = field_code(found, &kind_at);

        if (label == NULL || !label_find(kinds, ARRAY_SIZE(kinds), label, &kind))
                note_warning(found, NOTE_KIND, &kind_at);
        to->kind = (Directory__OrganisationKind)kind;
        row_texts(found, row, texts, ARRAY_SIZE(texts), to);
        read_address(found, row, to);
        row_source_id(found, &id, to);
        row_siret(found, &siret, true, to);
        row_territory(found, &territory, to);
        row_point(found, &point, to);
        if (tree_is_text(status.json) && strcmp(tree_text(status.json), "REFUSED") == 0)
                note_warning(found, NOTE_REFUSED_AUTHORISATION, &status);
}

const struct structures_format structures_itou = {
        "itou", {"uid", "kind", "department", "authorization_status"}, NULL, "name", read_itou,
};
