#include "services/contracts/reactions/reactions.h"

#include "common/base/siret.h"
#include "common/base/text.h"
#include "directory/events.pb-c.h"
#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/record/record_rows.h"

static void copy_siret(struct txn *txn, const Directory__OrganisationPut *put)
{
        const char *siret = put->organisation->siret;
        bool has_one = siret_valid(siret) /* what is no company's makes nobody the same */;
        contracts_organisation_put(txn, id_of(put->organisation_id), has_one ? siret : "");
}

/* How many structures could answer near a place: those that are inclusive, of a known department, and open. */
static void copy_structure(struct txn *txn, struct arena *arena, const Directory__OrganisationPut *put)
{
        Contracts__StructureSeen seen = CONTRACTS__STRUCTURE_SEEN__INIT;
        const Directory__Organisation *organisation = put->organisation;
        bool inclusive = organisation->kind >= DIRECTORY__ORGANISATION_KIND__ACI &&
                         organisation->kind <= DIRECTORY__ORGANISATION_KIND__REGIE_DE_QUARTIER;

        seen.territory = organisation->territory;
        seen.kind = (uint32_t)organisation->kind;
        programme_structure_put(txn, arena, id_of(put->organisation_id),
                                inclusive && territory_valid(organisation->territory) ? &seen : NULL);
}

void copy_from_directory(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Directory__Event *body = event->body;

        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_PUT &&
            body->organisation_put->organisation != NULL) {
                copy_siret(txn, body->organisation_put);
                copy_structure(txn, arena, body->organisation_put);
        }
        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK) {
                contracts_organisation_put(txn, id_of(body->organisation_taken_back->organisation_id), "");
                programme_structure_put(txn, arena, id_of(body->organisation_taken_back->organisation_id), NULL);
        }
        /* A closed organisation keeps its SIRET here: its contracts stay its own to read. */
        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED)
                programme_structure_put(txn, arena, id_of(body->organisation_closed->organisation_id), NULL);
}
