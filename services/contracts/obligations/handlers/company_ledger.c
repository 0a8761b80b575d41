/* company_ledger: all that one company owes, whoever the buyer: the desk's view for passing hours between its contracts
 * (globalisation). By SIRET, or by SIREN for all of its establishments.
 * Caller: facilitator, coordinator, auditor; company: its own.  Refuses: INVALID_FIELD (siret), NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <stdio.h>
#include <string.h>

#include "common/base/siret.h"
#include "common/service/page.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/obligations_views.h"
#include "services/contracts/obligations/transfer.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

static bool which(const struct work *work, const Contracts__CompanyLedger *query, char ret_siret[SIRET_TEXT_SIZE],
                  struct refusal *ret_refusal)
{
        char own[SIRET_TEXT_SIZE] = "";
        bool is_company = work->actor->role == TYPES__ROLE__COMPANY;

        if (is_company && !access_own_siret(work, own))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                              "Le SIRET de votre entreprise n'est pas connu : demandez au facilitateur de compléter sa "
                              "fiche dans l'annuaire.");
        const char *siret = *query->siret == '\0' ? own : query->siret;
        if (!siret_valid(siret) && !siren_valid(siret))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "siret",
                              "Indiquez le SIRET de l'entreprise (14 chiffres), ou son SIREN (9 chiffres) pour tous "
                              "ses établissements.");
        if (is_company && strncmp(siret, own, SIREN_DIGITS) != 0) /* Security: a company sees its own */
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "siret",
                              "Ces heures sont celles d'une autre entreprise : laissez ce champ vide pour voir les "
                              "vôtres.");
        (void)snprintf(ret_siret, SIRET_TEXT_SIZE, "%s", siret);
        return true;
}

static void add_waiting(const struct work *work, const struct loaded_obligation *loaded,
                        Contracts__CompanyLedgerReply *reply)
{
        Contracts__TransferView *transfer;
        struct walk walk;

        contracts_about_walk(work->txn, id_of(loaded->obligation->contract_id), ABOUT_TRANSFER, &walk);
        while ((transfer = obligations_next_transfer(&walk, work->txn, work->arena, loaded->obligation)) != NULL) {
                /* Between two of its contracts: told with the one that gives. */
                if (transfer->state != CONTRACTS__TRANSFER_STATE__TRANSFER_PROPOSED ||
                    (transfer->kind == CONTRACTS__TRANSFER_KIND__SAME_COMPANY &&
                     !id_equal(id_of(transfer->from_obligation_id), loaded->id)))
                        continue;
                reply->transfers =
                        pb_append(reply->transfers, &reply->n_transfers, sizeof(*reply->transfers), work->arena);
                reply->transfers[reply->n_transfers - 1] = transfer;
        }
        walk_end(&walk);
}

static Contracts__CompanyLine *line_of(const struct work *work, const struct loaded_obligation *loaded)
{
        Contracts__CompanyLine *line = pb_new(&contracts__company_line__descriptor, work->arena);
        line->obligation = view_of_obligation(work, loaded->obligation);
        line->contract_number = loaded->contract->number;
        line->object = loaded->contract->object;
        line->buyer_siret = loaded->contract->buyer_siret;
        line->buyer_name = loaded->contract->buyer_name;
        line->ended = loaded->ended;
        return line;
}

/* Security: private contracts are not seen by every facilitator; a company's own are its own by its SIRET. */
static bool sees(const struct work *work, const struct loaded_obligation *loaded)
{
        return work->actor->role == TYPES__ROLE__COMPANY || access_obligation(work, loaded->obligation);
}

struct reply handle_company_ledger(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CompanyLedger *query = (const Contracts__CompanyLedger *)message;
        Contracts__CompanyLedgerReply *reply = pb_new(&contracts__company_ledger_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct walk walk;
        struct id id;

        if (!which(work, query, siret, &refusal))
                return reply_refusal(work, &refusal);
        reply->total = pb_new(&contracts__ledger_figures__descriptor, work->arena);
        contracts_walk_obligations_of_contractor(work->txn, siret, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                struct loaded_obligation loaded;
                if (!loaded_obligation_find(work, id_to(work->arena, id), "", &loaded, &refusal) ||
                    !sees(work, &loaded))
                        continue;
                page_add(&page, line_of(work, &loaded));
                members_add_figures(work, &loaded.ledger, reply->total);
                add_waiting(work, &loaded, reply);
        }
        return page_reply(&page);
}
