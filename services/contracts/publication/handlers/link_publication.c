/* link_publication: the facilitator says that a publication is about a contract of ours.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: PublicationLinked, or nothing where it is so.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (another buyer, not a publication), WRONG_STATE (linked otherwise). */
#include "contracts/calls.h"
#include "services/contracts/publication/publication.h"

#include <string.h>

#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/company.h"
#include "services/contracts/record/record_rows.h"

/* What both are, before anything is decided. */
struct pair {
        struct id ours_id, published_id;
        const Contracts__ContractRecord *ours, *published;
};

static bool load(const struct work *work, const Contracts__LinkPublication *command, struct pair *ret,
                 struct refusal *ret_refusal)
{
        ret->ours_id = id_of(command->contract_id);
        ret->published_id = id_of(command->published_contract_id);
        ret->ours = contracts_record_find(work->txn, work->arena, ret->ours_id);
        ret->published = contracts_record_find(work->txn, work->arena, ret->published_id);
        if (ret->ours == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "contract_id",
                              "Ce contrat n'est pas connu : ouvrez-le d'abord.");
        if (ret->published == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "published_contract_id",
                              "Cette publication n'est pas connue : importez-la d'abord.");
        return true;
}

static bool may_link(const struct work *work, const struct pair *pair, struct refusal *ret_refusal)
{
        if (pair->ours->kind == CONTRACTS__CONTRACT_KIND__PRIVATE)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contract_id",
                              "Un contrat privé n'est pas publié : il n'y a rien à en rapprocher.");
        if (publication_came(work, pair->ours_id, pair->ours))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contract_id",
                              "Ce contrat vient lui-même de sa publication : rapprochez plutôt celui que vous avez "
                              "ouvert.");
        if (!publication_came(work, pair->published_id, pair->published))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "published_contract_id",
                              "Ce contrat n'a pas été publié : donnez celui que l'import a gardé.");
        if (strcmp(pair->ours->buyer_siret, pair->published->buyer_siret) != 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "published_contract_id",
                              "Cette publication est d'un autre acheteur (%s) : vérifiez le SIRET de l'un ou de "
                              "l'autre.",
                              company_told(work, pair->published->buyer_siret));
        return true;
}

/* *ret_same: they are linked already. */
static bool check_links(const struct work *work, const struct pair *pair, bool *ret_same, struct refusal *ret_refusal)
{
        const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, pair->ours_id);
        struct id linked = file == NULL ? (struct id){0} : id_of(file->published_contract_id), other;
        *ret_same = id_equal(linked, pair->published_id);
        if (*ret_same)
                return true;
        if (!id_is_zero(linked))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "contract_id",
                              "Ce contrat est déjà rapproché d'une autre publication : défaites-le d'abord "
                              "(UnlinkPublication).");
        if (publication_is_of(work->txn, pair->published_id, &other))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "published_contract_id",
                              "Cette publication est déjà rapprochée d'un autre contrat : défaites-le d'abord "
                              "(UnlinkPublication).");
        return true;
}

static void record_linked(struct work *work, const struct pair *pair)
{
        Contracts__PublicationLinked body = CONTRACTS__PUBLICATION_LINKED__INIT;
        body.contract_id = id_to(work->arena, pair->ours_id);
        body.published_contract_id = id_to(work->arena, pair->published_id);
        work_record(work, &body.base);
}

struct reply handle_link_publication(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__LinkPublication *command = (const Contracts__LinkPublication *)message;
        struct refusal refusal;
        struct pair pair;
        bool same;

        if (!load(work, command, &pair, &refusal))
                return reply_refusal(work, &refusal);
        if (!may_link(work, &pair, &refusal) || !check_links(work, &pair, &same, &refusal))
                return reply_refusal(work, &refusal);
        if (!same)
                record_linked(work, &pair);
        Contracts__LinkPublicationReply *reply = pb_new(&contracts__link_publication_reply__descriptor, work->arena);
        reply->contract_id = command->contract_id;
        return reply_ok(work, reply);
}
