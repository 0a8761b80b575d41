/* ledgers.c: the ledger of a clause, and that of a company. */
#include "contracts/calls.h"
#include "services/contracts/obligations/obligations.h"

#include <stdio.h>
#include <string.h>

#include "common/base/siret.h"
#include "common/service/page.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/group_buyers.h"
#include "services/contracts/obligations/members.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/obligations/obligations_views.h"
#include "services/contracts/obligations/transfer.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

/* clause_ledger: who owes how much to whom now: the members of a group on one clause, each with what is due, done,
 * converted, passed on, waived and still to be done, and all of them together.
 * Caller: facilitator, coordinator, auditor; the contract's buyer; a company of the group: all members where they
 * answer for each other or where it leads, else its own line; the total is of what is shown. */
static const char *note_of(Contracts__GroupForm form, size_t count)
{
        if (count <= 1)
                return "Une seule entreprise doit les heures de cette clause à l'acheteur.";
        if (form == CONTRACTS__GROUP_FORM__SOLIDARY)
                return "Groupement solidaire : chaque membre répond envers l'acheteur de toutes les heures "
                       "qui restent.";
        if (form == CONTRACTS__GROUP_FORM__JOINT)
                return "Groupement conjoint : chaque membre doit à l'acheteur ses propres heures ; le mandataire en "
                       "rend compte pour tous.";
        return "Plusieurs entreprises se partagent la clause ; la forme du groupement (conjoint ou solidaire) n'est "
               "pas dite : complétez le dossier.";
}

/* Security: a company of the group sees the others' lines only where it answers for them. */
static bool sees_all(const struct work *work, const struct members *members, Contracts__GroupForm form)
{
        if (work->actor->role != TYPES__ROLE__COMPANY || form == CONTRACTS__GROUP_FORM__SOLIDARY)
                return true;
        for (size_t i = 0; i < members->count; i++)
                if (members->list[i].obligation->group_role == CONTRACTS__GROUP_ROLE__GROUP_LEAD &&
                    access_obligation(work, members->list[i].obligation))
                        return true;
        return false;
}

/* Those that have not left it. */
static size_t staying(const struct members *members)
{
        size_t count = 0;
        for (size_t i = 0; i < members->count; i++)
                count += members->list[i].obligation->left == NULL;
        return count;
}

static void add_transfers(const struct work *work, const struct loaded_obligation *member,
                          Contracts__ClauseLedgerReply *reply)
{
        Contracts__TransferView *transfer;
        struct walk walk;

        contracts_about_walk(work->txn, id_of(member->obligation->contract_id), ABOUT_TRANSFER, &walk);
        while ((transfer = obligations_next_transfer(&walk, work->txn, work->arena, member->obligation)) != NULL) {
                bool told = false; /* of two members it is told once */
                for (size_t i = 0; i < reply->n_transfers; i++)
                        told = told || id_equal(id_of(reply->transfers[i]->transfer_id), id_of(transfer->transfer_id));
                if (told)
                        continue;
                reply->transfers =
                        pb_append(reply->transfers, &reply->n_transfers, sizeof(*reply->transfers), work->arena);
                reply->transfers[reply->n_transfers - 1] = transfer;
        }
        walk_end(&walk);
}

static void add_members(const struct work *work, const struct members *members, Contracts__ClauseLedgerReply *reply)
{
        bool all = sees_all(work, members, reply->form);
        struct members seen = {arena_zalloc(work->arena, (members->count + 1) * sizeof(*seen.list)), 0};
        reply->total = pb_new(&contracts__ledger_figures__descriptor, work->arena);
        for (size_t i = 0; i < members->count; i++) {
                const struct loaded_obligation *member = &members->list[i];
                if (!all && !access_obligation(work, member->obligation))
                        continue; /* Security: nor in the sum, which less its own would tell the other's */
                members_add_figures(work, &member->ledger, reply->total);
                reply->members = pb_append(reply->members, &reply->n_members, sizeof(*reply->members), work->arena);
                reply->members[reply->n_members - 1] = view_of_obligation(work, member->obligation);
                add_transfers(work, member, reply);
                seen.list[seen.count++] = *member;
        }
        reply->buyers = group_buyers_figures(work, &seen, &reply->n_buyers);
}

struct reply handle_clause_ledger(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ClauseLedger *query = (const Contracts__ClauseLedger *)message;
        const Contracts__ClausePut *clause = contracts_clause_find(work->txn, work->arena, id_of(query->clause_id));
        const Contracts__ContractRecord *contract =
                clause == NULL ? NULL : contracts_record_find(work->txn, work->arena, id_of(clause->contract_id));
        if (contract == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "clause_id",
                                    "Cette clause n'est pas connue : vérifiez son identifiant.");

        struct members members = members_of_clause(work, id_of(query->clause_id));

        Contracts__ClauseLedgerReply *reply = pb_new(&contracts__clause_ledger_reply__descriptor, work->arena);
        reply->clause_id = clause->clause_id;
        reply->contract_id = clause->contract_id;
        reply->lot = clause->lot;
        reply->buyer_siret = contract->buyer_siret;
        reply->buyer_name = contract->buyer_name;
        reply->form = members_form(contract->grouping);
        reply->clause_hours = clause->hours;
        reply->note = (char *)(uintptr_t)note_of(reply->form, staying(&members));
        add_members(work, &members, reply);
        return reply_ok(work, reply);
}

/* company_ledger: all that one company owes, whoever the buyer: the desk's view for passing hours between its contracts
 * (globalisation). By SIRET, or by SIREN for all of its establishments.
 * Caller: facilitator, coordinator, auditor; company: its own.  Refuses: INVALID_FIELD (siret), NOT_ALLOWED. */
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
        line->ended = loaded->ended_on != NULL;
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
                if (!page_add(&page, line_of(work, &loaded)))
                        break;
                members_add_figures(work, &loaded.ledger, reply->total);
                add_waiting(work, &loaded, reply);
        }
        return page_reply(&page);
}
