#include "services/contracts/obligations/assigning.h"

#include <string.h>

#include "common/base/days.h"
#include "common/base/french.h"
#include "common/base/siret.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/terms.h"
#include "services/contracts/record/company.h"

enum { ASSIGNMENTS_MAX = 50 }; /* of one obligation: its row is read and written whole */

/* A seat moves within one company, which the first nine digits are; whatever has others is another company. */
static bool is_of_its_kind(const struct loaded_obligation *loaded, const struct taking_over *taking,
                           struct refusal *ret_refusal)
{
        const char *former = loaded->obligation->contractor_siret;
        bool is_same = siret_same_company(former, taking->siret);
        if (taking->kind == CONTRACTS__ASSIGNMENT_KIND__BY_SEAT_CHANGE && !is_same)
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contractor_siret",
                        "Un changement de siège ou d'établissement garde le SIREN (%.9s) : un autre SIREN est une "
                        "fusion (BY_MERGER) ou une cession (BY_CESSION).",
                        former);
        return taking->kind != CONTRACTS__ASSIGNMENT_KIND__BY_MERGER || !is_same ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contractor_siret",
                      "C'est le même SIREN (%.9s), donc la même entreprise : dites un changement de siège "
                      "(BY_SEAT_CHANGE).",
                      former);
}

/* Who absorbs another member of its own group holds both accounts. */
static bool owes_none_yet(const struct work *work, const struct loaded_obligation *loaded,
                          const struct taking_over *taking, struct refusal *ret_refusal)
{
        struct members members = members_of_clause(work, id_of(loaded->obligation->clause_id));
        for (size_t i = 0; i < members.count; i++) {
                bool is_itself = id_equal(members.list[i].id, loaded->id);
                if (strcmp(members.list[i].obligation->contractor_siret, taking->siret) == 0 &&
                    (is_itself || taking->kind != CONTRACTS__ASSIGNMENT_KIND__BY_MERGER))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "contractor_siret",
                                      "Cette entreprise doit déjà des heures de cette clause : passez-lui les heures "
                                      "par un transfert (ProposeTransfer).");
        }
        return true;
}

bool assigning_admits(const struct work *work, const struct loaded_obligation *loaded, const struct taking_over *taking,
                      struct refusal *ret_refusal)
{
        if (!loaded_obligation_going_on(loaded, taking->on, ret_refusal) ||
            !company_is_one(work, taking->organisation, taking->siret, "contractor_organisation", ret_refusal))
                return false;
        if (obligations_terms(work->txn, work->arena, loaded->obligation->obligation_id)->n_assignments >=
            ASSIGNMENTS_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "Ces heures ont déjà changé %d fois d'entreprise : annulez les cessions qui n'ont pas eu "
                              "lieu (WithdrawAct).",
                              ASSIGNMENTS_MAX);
        return owes_none_yet(work, loaded, taking, ret_refusal) && is_of_its_kind(loaded, taking, ret_refusal);
}

/* Who owes the hours on that day, before what is told now: it may be told late. */
static void put_former(const struct work *work, const Contracts__ObligationRecorded *obligation,
                       Contracts__ObligationAssigned *body)
{
        const Contracts__ObligationTerms *terms = obligations_terms(work->txn, work->arena, obligation->obligation_id);
        const Contracts__Assignment *former = terms_assigned(terms, day_of(body->assigned_on), 0);
        body->former_siret = former != NULL ? former->siret : obligation->first_siret;
        body->former_name = former != NULL ? former->name : obligation->first_name;
        body->former_organisation = former != NULL ? former->organisation : obligation->first_organisation;
        body->is_older = terms_assigned(terms, day_of_number(INT32_MAX), 0) != former;
}

Contracts__ObligationAssigned *assigning_event(const struct work *work, const struct loaded_obligation *loaded,
                                               const struct taking_over *taking)
{
        Contracts__ObligationAssigned *body = pb_new(&contracts__obligation_assigned__descriptor, work->arena);
        body->contract_id = loaded->obligation->contract_id;
        body->obligation_id = loaded->obligation->obligation_id;
        body->contractor_siret = taking->siret;
        body->contractor_name = taking->name;
        struct id organisation = company_of(work, taking->organisation, taking->siret);
        if (!id_is_zero(organisation))
                body->contractor_organisation = id_to(work->arena, organisation);
        body->reference = taking->reference;
        body->assigned_on = taking->on;
        body->kind = taking->kind;
        put_former(work, loaded->obligation, body);
        return body;
}

char *assigning_formerly(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        const Contracts__ObligationTerms *terms = obligations_terms(work->txn, work->arena, obligation->obligation_id);
        const Contracts__Assignment *last = terms_assigned(terms, work->today, 0);
        if (last == NULL || (last->kind != CONTRACTS__ASSIGNMENT_KIND__BY_MERGER &&
                             last->kind != CONTRACTS__ASSIGNMENT_KIND__BY_SEAT_CHANGE))
                return arena_text(work->arena, "");
        const Contracts__Assignment *former = terms_assigned(terms, day_plus(day_of(last->assigned_on), -1), 0);
        const char *siret = former != NULL ? former->siret : obligation->first_siret;
        const char *on = french_day(work->arena, day_of(last->assigned_on));
        if (last->kind == CONTRACTS__ASSIGNMENT_KIND__BY_SEAT_CHANGE)
                return arena_printf(work->arena, "Anciennement SIRET %s, jusqu'au changement du %s.", siret, on);
        return arena_printf(work->arena, "Venant aux droits de %s (SIRET %s), par fusion du %s.",
                            former != NULL ? former->name : obligation->first_name, siret, on);
}
