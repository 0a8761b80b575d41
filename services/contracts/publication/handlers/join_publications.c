/* join_publications: a publication is one of the same contract as another: it is in no list and no figure any more.
 * Caller: facilitator (of one of their territories), coordinator.  Emits: PublicationsJoined, or nothing where it is
 * so. Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (itself, another buyer, not a publication), WRONG_STATE (followed
 * here, joined otherwise). */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include <string.h>

#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/record_rows.h"

/* What both are, before anything is decided. */
struct pair {
        struct id contract_id, twin_id;
        const Contracts__ContractRecord *contract, *twin;
};

static bool load(const struct work *work, const Contracts__JoinPublications *command, struct pair *ret,
                 struct refusal *ret_refusal)
{
        ret->contract_id = id_of(command->contract_id);
        ret->twin_id = id_of(command->twin_id);
        ret->contract = contracts_record_find(work->txn, work->arena, ret->contract_id);
        ret->twin = contracts_record_find(work->txn, work->arena, ret->twin_id);
        if (ret->contract == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                              "Ce contrat n'est pas connu : importez sa publication d'abord.");
        if (ret->twin == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "twin_id",
                              "Cette publication n'est pas connue : importez-la d'abord.");
        return true;
}

static bool are_of_one_buyer(const struct work *work, const struct pair *pair, struct refusal *ret_refusal)
{
        if (id_equal(pair->contract_id, pair->twin_id))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "twin_id",
                              "C'est la même publication : donnez l'autre.");
        if (!publication_came(work, pair->twin_id, pair->twin))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "twin_id",
                              "Ce contrat n'a pas été publié : seule une publication peut en doubler une autre.");
        if (!publication_came(work, pair->contract_id, pair->contract))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contract_id",
                              "Ce contrat n'a pas été publié : rapprochez-le de sa publication (LinkPublication).");
        return strcmp(pair->contract->buyer_siret, pair->twin->buyer_siret) == 0 ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "twin_id",
                      "Cette publication est d'un autre acheteur (%s) : ce n'est pas le même contrat.",
                      pair->twin->buyer_siret);
}

/* *ret_same: they are joined already. */
static bool check_state(const struct work *work, const struct pair *pair, bool *ret_same, struct refusal *ret_refusal)
{
        struct id joined;
        *ret_same = publication_is_twin(work->txn, pair->twin_id, &joined) && id_equal(joined, pair->contract_id);
        if (*ret_same)
                return true;
        if (publication_is_twin(work->txn, pair->twin_id, &joined))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "twin_id",
                              "Cette publication est déjà réunie à une autre : séparez-les d'abord "
                              "(SeparatePublications).");
        if (publication_is_twin(work->txn, pair->contract_id, &joined))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Ce contrat n'est lui-même plus compté : donnez la publication à laquelle il est réuni.");
        return !publication_is_followed(work->txn, work->arena, pair->twin_id) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "twin_id",
                      "Cette publication est suivie ici (clause, dossier ou lien) : c'est elle qui reste, et "
                      "l'autre qui n'est plus comptée.");
}

static void record_joined(struct work *work, const Contracts__JoinPublications *command)
{
        Contracts__PublicationsJoined body = CONTRACTS__PUBLICATIONS_JOINED__INIT;
        body.contract_id = command->contract_id;
        body.twin_id = command->twin_id;
        body.reason = command->reason;
        work_record(work, &body.base);
}

struct reply handle_join_publications(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__JoinPublications *command = (const Contracts__JoinPublications *)message;
        struct refusal refusal;
        struct pair pair;
        bool same;

        if (!load(work, command, &pair, &refusal) || !are_of_one_buyer(work, &pair, &refusal) ||
            !check_state(work, &pair, &same, &refusal))
                return reply_refusal(work, &refusal);
        if (!same)
                record_joined(work, command);
        Contracts__JoinPublicationsReply *reply = pb_new(&contracts__join_publications_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
