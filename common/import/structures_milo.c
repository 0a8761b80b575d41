/* Missions locales, as their referential lists them: no SIRET, no address. */
#include "common/base/attr.h"
#include "common/import/fields.h"
#include "common/import/structures_row.h"

static const struct row_text texts[] = {
        ROW_TEXT("nom_officiel", legal_name),
        ROW_TEXT("nom_officiel", name),
        ROW_TEXT("nom_usuel", name),
};

static void read_milo(struct findings *found, const struct node *row, Directory__Organisation *to)
{
        struct node id = node_member(row, "id"), territory = node_member(row, "code_departement");
        struct node name = node_member(row, "nom_usuel");

        to->kind = DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE;
        row_texts(found, row, texts, ARRAY_SIZE(texts), to);
        row_source_id(found, &id, to);
        row_territory(found, &territory, to);
        if (name.json == NULL && to->name[0] != '\0')
                note_warning(found, NOTE_NAME_FROM_OFFICIAL, &name);
}

const struct structures_format structures_milo = {
        "milo", {"id", "nom_officiel", "code_departement", "nom_usuel"}, NULL, "nom_officiel", read_milo,
};
