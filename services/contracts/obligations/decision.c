#include "services/contracts/obligations/decision.h"

#include <string.h>

#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

static char *find(const struct decider *decider, const char *siret)
{
        for (size_t i = 0; i < decider->buyer_count; i++)
                if (strcmp(decider->buyers[i], siret) == 0)
                        return decider->buyers[i];
        return NULL;
}

static bool of_buyer(const struct decider *decider, Contracts__LedgerDecision *ret, struct refusal *ret_refusal)
{
        ret->buyer_siret = find(decider, decider->siret);
        ret->by_buyer = true;
        if (ret->buyer_siret != NULL)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                      "Cette décision appartient à l'acheteur du contrat : le vôtre n'est pas concerné.");
}

/* A facilitator writes down what a buyer decided elsewhere: which buyer, in which document, when. */
static bool of_facilitator(const struct decider *decider, Contracts__LedgerDecision *ret, struct refusal *ret_refusal)
{
        char *const *buyers = decider->buyers;
        bool several = decider->buyer_count > 1;

        if (text_is_empty(ret->reference))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "decision.reference",
                              "La référence de la décision écrite de l'acheteur manque : le facilitateur propose, "
                              "l'acheteur décide. Demandez-lui un courrier et citez-le ici.");
        if (ret->decided_on == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "decision.decided_on",
                              "La date de la décision de l'acheteur manque : recopiez celle du document.");
        ret->buyer_siret = *ret->buyer_siret == '\0' && !several ? buyers[0] : find(decider, ret->buyer_siret);
        if (ret->buyer_siret != NULL)
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "decision.buyer_siret",
                      "Dites quel acheteur a décidé, par son SIRET : %s%s%s.", decider->told[0], several ? " ou " : "",
                      several ? decider->told[1] : "");
}

bool decision_check(const Contracts__LedgerDecision *said, const struct decider *decider, struct arena *arena,
                    Contracts__LedgerDecision **ret, struct refusal *ret_refusal)
{
        Contracts__LedgerDecision *decision = pb_new(&contracts__ledger_decision__descriptor, arena);
        if (said != NULL) {
                decision->buyer_siret = said->buyer_siret;
                decision->reference = said->reference;
                decision->decided_on = said->decided_on;
        }
        if (!(decider->is_buyer ? of_buyer : of_facilitator)(decider, decision, ret_refusal))
                return false;
        if (decision->decided_on == NULL || decider->is_buyer)
                decision->decided_on = day_to(arena, decider->today);
        *ret = decision;
        return true;
}
