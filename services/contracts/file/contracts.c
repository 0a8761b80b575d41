/* contracts: a page of contracts, newest first; of one buyer, by number.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own. */
#include "services/contracts/file/file.h"

#include <string.h>

#include "common/base/text.h"
#include "services/contracts/access.h"
#include "services/contracts/file/contract.h"
#include "services/contracts/views.h"

/* Objects may be long: a page ends before it could outgrow a frame, however many lines were asked for. */
enum { PAGE_BYTES_MAX = 1024 * 1024 };

/* Whose contracts are listed: "" = everybody's. */
static bool scope(struct work *work, const Contracts__ContractsRequest *query, char ret_siret[SIRET_TEXT_SIZE],
                  struct refusal *ret_refusal)
{
        ret_siret[0] = '\0';
        if (query->buyer_siret[0] != '\0' && !text_is_digits(query->buyer_siret, SIRET_TEXT_SIZE - 1))
                return refuse(
                    ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "buyer_siret",
                    "Le SIRET de l'acheteur doit compter 14 chiffres, sans espace : corrigez-le, ou laissez-le "
                    "vide.");
        if (work->actor->role != TYPES__ROLE__BUYER) {
                memcpy(ret_siret, query->buyer_siret, strlen(query->buyer_siret) + 1);
                return true;
        }
        /* Security: a buyer lists its own contracts, whatever it asks. */
        if (!access_own_siret(work, ret_siret))
                return refuse(
                    ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                    "Le SIRET de votre organisation n'est pas connu : demandez au facilitateur de compléter sa "
                    "fiche dans l'annuaire.");
        if (query->buyer_siret[0] != '\0' && strcmp(query->buyer_siret, ret_siret) != 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "buyer_siret",
                              "Ces contrats sont ceux d'un autre acheteur : laissez le SIRET vide pour lister les "
                              "vôtres.");
        return true;
}

static Contracts__ContractsReply *page_of(struct work *work, struct walk *walk, uint32_t limit)
{
        Contracts__ContractsReply *reply = pb_new(&contracts__contracts_reply__descriptor, work->arena);
        struct slice last = {0};
        size_t bytes = 0;
        struct id id;

        while (contracts_walk_next(walk, &id)) {
                /* there is more: the page ends at the line before */
                if (reply->n_contracts == limit || bytes >= PAGE_BYTES_MAX) {
                        reply->next = pb_bytes(last);
                        break;
                }
                const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                if (record == NULL || !access_contract(work, id, record)) /* Security: private ones are for their own */
                        continue;
                reply->contracts =
                        pb_append(reply->contracts, &reply->n_contracts, sizeof(*reply->contracts), work->arena);
                reply->contracts[reply->n_contracts - 1] = view_contract_line(work, id, record);
                bytes += strlen(record->object) + strlen(record->buyer_name);
                last = contracts_walk_cursor(walk, work->arena);
        }
        contracts_walk_end(walk);
        return reply;
}

struct reply handle_contracts(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ContractsRequest *query = (const Contracts__ContractsRequest *)message;
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct walk walk;

        if (!scope(work, query, siret, &refusal))
                return reply_refusal(work, &refusal);
        if (siret[0] == '\0' && query->number[0] != '\0')
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "number",
                                    "Un numéro ne désigne un contrat que chez son acheteur : donnez aussi le SIRET de "
                                    "l'acheteur.");
        if (strlen(query->number) > CONTRACT_NUMBER_MAX)
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "number",
                                    "Aucun numéro de contrat ne dépasse %d caractères : vérifiez-le.",
                                    CONTRACT_NUMBER_MAX);
        if (siret[0] == '\0')
                contracts_walk_records(work->txn, page_after(query->page), &walk);
        else
                contracts_walk_records_of_buyer(work->txn, siret, query->number, page_after(query->page), &walk);
        return reply_ok(work, page_of(work, &walk, page_limit(query->page)));
}
