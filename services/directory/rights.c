/* Whose the things are that requests to the directory name: it is everybody's to read, and each territory's to keep. */
#include "services/directory/rights.h"

#include "services/directory/organisations/organisations_rows.h"

#define FILTER  "a filter: the directory is everybody's to read"
#define CONTENT "the organisation's id is made of its content: the handler compares the territory of what is there"

/* A facilitator keeps the organisations of her own territories, and those of which none is known. */
static enum standing organisation_standing(const struct work *work, const struct named *named)
{
        const Directory__OrganisationView *row = store_find_organisation(work->txn, named->id, work->arena);
        if (row == NULL)
                return STANDING_UNKNOWN;
        const char *territory = row->organisation->territory;
        return work->actor->role == TYPES__ROLE__FACILITATOR && territory[0] != '\0' &&
                               !passport_covers(work->actor, territory)
                       ? STANDING_READ
                       : STANDING_CHANGE;
}

static const struct named_thing organisation = {
        .standing = organisation_standing,
        .unknown = "Cette organisation n'est pas dans l'annuaire. Vérifiez son identifiant.",
        .not_yours =
                "Cette organisation relève d'un territoire qui n'est pas le vôtre. Adressez-vous à la coordination.",
};

static const struct right_row rows[] = {
        {"PutOrganisation", "organisation.siret", RIGHT_NONE, NULL, CONTENT},
        {"PutOrganisation", "organisation.territory", RIGHT_NONE, NULL, CONTENT},
        {"CloseOrganisation", "organisation_id", RIGHT_CHANGE, &organisation, NULL},
        {"OrganisationById", "organisation_id", RIGHT_READ, &organisation, NULL},
        {"Organisations", "territory", RIGHT_NONE, NULL, FILTER},
        {"Organisations", "siret", RIGHT_NONE, NULL, FILTER},
        {"CountsByKind", "territory", RIGHT_NONE, NULL, FILTER},
};

const struct rights directory_rights = {rows, ARRAY_SIZE(rows)};
