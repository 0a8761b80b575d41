#include "services/contracts/reactions/reactions.h"

#include "common/base/siret.h"
#include "common/base/text.h"
#include "directory/events.pb-c.h"
#include "services/contracts/consultation/company_names.h"
#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/record/party_rows.h"
#include "services/contracts/record/record_rows.h"

/* Its SIRET, and how letters name it. What is no company's SIRET makes nobody the same. */
static void copy_party(struct txn *txn, struct arena *arena, const Directory__OrganisationPut *put)
{
        const Directory__Organisation *organisation = put->organisation;
        struct id id = id_of(put->organisation_id);
        Contracts__Party party = CONTRACTS__PARTY__INIT;
        party.siret = siret_valid(organisation->siret) ? organisation->siret : arena_text(arena, "");
        party.name = text_is_empty(organisation->legal_name) ? organisation->name : organisation->legal_name;
        party.address = organisation->address;
        party.postcode = organisation->postcode;
        party.city = organisation->city;
        contracts_party_put(txn, arena, id, &party);
        contracts_organisation_put(txn, id, party.siret);
}

static bool is_inclusive(Directory__OrganisationKind kind)
{
        return kind >= DIRECTORY__ORGANISATION_KIND__ACI && kind <= DIRECTORY__ORGANISATION_KIND__REGIE_DE_QUARTIER;
}

/* Of those that could make an offer. */
static void copy_names(struct txn *txn, struct arena *arena, const Directory__OrganisationPut *put)
{
        const Directory__Organisation *organisation = put->organisation;
        bool may_offer = is_inclusive(organisation->kind) ||
                         organisation->kind == DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY ||
                         organisation->kind == DIRECTORY__ORGANISATION_KIND__ETT;
        company_names_put(txn, arena, id_of(put->organisation_id), may_offer ? organisation->name : NULL,
                          may_offer ? organisation->legal_name : NULL);
}

static void forget_party(struct txn *txn, struct arena *arena, const Types__Id *organisation)
{
        Contracts__Party nobody = CONTRACTS__PARTY__INIT;
        contracts_party_put(txn, arena, id_of(organisation), &nobody);
        contracts_organisation_put(txn, id_of(organisation), "");
}

/* How many structures could answer near a place: those that are inclusive, of a known department, and open. */
static void copy_structure(struct txn *txn, struct arena *arena, const Directory__OrganisationPut *put)
{
        Contracts__StructureSeen seen = CONTRACTS__STRUCTURE_SEEN__INIT;
        const Directory__Organisation *organisation = put->organisation;

        seen.territory = organisation->territory;
        seen.kind = (uint32_t)organisation->kind;
        programme_structure_put(txn, arena, id_of(put->organisation_id),
                                is_inclusive(organisation->kind) && territory_valid(organisation->territory) ? &seen
                                                                                                             : NULL);
}

void copy_from_directory(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Directory__Event *body = event->body;

        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_PUT &&
            body->organisation_put->organisation != NULL) {
                copy_party(txn, arena, body->organisation_put);
                copy_names(txn, arena, body->organisation_put);
                copy_structure(txn, arena, body->organisation_put);
        }
        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK) {
                forget_party(txn, arena, body->organisation_taken_back->organisation_id);
                company_names_put(txn, arena, id_of(body->organisation_taken_back->organisation_id), NULL, NULL);
                programme_structure_put(txn, arena, id_of(body->organisation_taken_back->organisation_id), NULL);
        }
        /* A closed organisation keeps its SIRET here: its contracts stay its own to read. */
        if (body->body_case == DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED)
                programme_structure_put(txn, arena, id_of(body->organisation_closed->organisation_id), NULL);
}
