/* Whose the things are that requests to the directory name: it is everybody's to read, and each territory's to keep. */
#include "services/directory/rights.h"

#include "services/directory/organisations/imports_rows.h"
#include "services/directory/organisations/organisations_rows.h"
#include "services/directory/organisations/putting.h"

#define FILTER  "a filter: the directory is everybody's to read"
#define CONTENT "the organisation's id is made of its content: the handler compares the territory of what is there"
#define GIVEN                                                                                                          \
        "where the list is given: refused where it is not the actor's; each row must be the actor's to put besides"

/* A facilitator keeps the organisations of her own territories, and those of which none is known. */
static enum standing organisation_standing(const struct work *work, const struct named *named)
{
        const Directory__OrganisationView *row = store_find_organisation(work->txn, named->id, work->arena);
        if (row == NULL)
                return STANDING_UNKNOWN;
        return organisation_may_touch(work->actor, row->organisation) ? STANDING_CHANGE : STANDING_READ;
}

static const struct named_thing organisation = {
        .standing = organisation_standing,
        .unknown = "Cette organisation n'est pas dans l'annuaire. Vérifiez son identifiant.",
        .not_yours =
                "Cette organisation relève d'un territoire qui n'est pas le vôtre. Adressez-vous à la coordination.",
};

/* Imports: of the territory that they were given in. */
static enum standing batch_standing(const struct work *work, const struct named *named)
{
        const struct batch_tables tables = directory_batches();
        const Types__ImportBatch *batch = batch_find(work->txn, &tables, named->id, work->arena);
        return batch == NULL ? STANDING_UNKNOWN : directory_import_standing(work, batch);
}

static const struct named_thing batch = {
        .standing = batch_standing,
        .unknown = "Cet import n'existe pas ici, ou n'est pas d'un de vos territoires : vérifiez son identifiant.",
        .not_yours = "Cet import n'est pas à vous de changer : adressez-vous à la coordination.",
};

static const struct right_row rows[] = {
        {"PutOrganisation", "organisation.siret", RIGHT_NONE, NULL, CONTENT},
        {"PutOrganisation", "organisation.territory", RIGHT_NONE, NULL, CONTENT},
        {"CloseOrganisation", "organisation_id", RIGHT_CHANGE, &organisation, NULL},
        {"ImportOrganisations", "territory", RIGHT_NONE, NULL, GIVEN},
        {"ImportOrganisations", "list.batch_id", RIGHT_CHANGE, &batch, NULL},
        {"PreviewOrganisations", "territory", RIGHT_NONE, NULL, GIVEN},
        {"PreviewOrganisations", "list.batch_id", RIGHT_CHANGE, &batch, NULL},
        {"UndoOrganisationsImport", "batch_id", RIGHT_CHANGE, &batch, NULL},
        {"OrganisationById", "organisation_id", RIGHT_READ, &organisation, NULL},
        {"Organisations", "territory", RIGHT_NONE, NULL, FILTER},
        {"Organisations", "siret", RIGHT_NONE, NULL, FILTER},
        {"FindOrganisations", "territory", RIGHT_NONE, NULL, FILTER},
        {"CountsByKind", "territory", RIGHT_NONE, NULL, FILTER},
        {"Communes", "territory", RIGHT_NONE, NULL, FILTER},
};

const struct rights directory_rights = {rows, ARRAY_SIZE(rows)};
