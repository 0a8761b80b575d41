/* need.c: a need for persons, from its declaration to its end. */
#include "contracts/calls.h"
#include "services/contracts/needs/needs.h"

#include "common/base/text.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/need.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/company.h"
#include "services/contracts/record/record_rows.h"

struct need_said {
        const Contracts__DeclareNeed *need;
        const Contracts__ObligationRecorded *obligation;
        const Contracts__NeedDeclared *former; /* NULL: declared for the first time. A start that it had may be past */
};

/* What is to be checked: a start that was told before may have passed meanwhile, which is no fault. */
static Contracts__DeclareNeed to_check(const struct work *work, const struct need_said *what)
{
        Contracts__DeclareNeed need = *what->need;
        if (what->former != NULL && need.starts_on != NULL && need.starts_on->days == what->former->starts_on->days &&
            need.starts_on->days < day_number(work->today))
                need.starts_on = day_to(work->arena, work->today);
        return need;
}

/* The structure chosen goes by two names, its place in the directory and its SIRET: one gives the other, or they agree.
 */
static bool partner_is_one(const struct work *work, Contracts__NeedPartner *partner, struct refusal *ret_refusal)
{
        char told[SIRET_TEXT_SIZE];
        if (partner == NULL || !contracts_organisation_siret(work->txn, id_of(partner->organisation_id), told))
                return true;
        if (text_is_empty(partner->siret))
                partner->siret = arena_text(work->arena, told);
        return company_is_one(work, partner->organisation_id, partner->siret, "partner.siret", ret_refusal);
}

/* The need as it will be told, without its id. False with *ret_refusal: INVALID_FIELD, NOT_ALLOWED (a commune that is
 * not in the facilitator's territories). */
static bool need_content(const struct work *work, const struct need_said *what, Contracts__NeedDeclared **ret,
                         struct refusal *ret_refusal)
{
        const Contracts__DeclareNeed *said = what->need, checked = to_check(work, what);
        const Contracts__ObligationRecorded *obligation = what->obligation;
        char territory[TERRITORY_TEXT_SIZE];
        if (!need_check(&checked, work->today, territory, ret_refusal))
                return false;
        char *kept = arena_text(work->arena, territory);
        /* Security: a facilitator calls the prescribers of its own territories only. */
        if (!access_territories(work, &kept, 1))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "commune",
                              "Cette commune est dans le département %s, hors de votre territoire : adressez-vous "
                              "au facilitateur qui le suit.",
                              territory);

        if (!partner_is_one(work, said->partner, ret_refusal))
                return false;
        Contracts__NeedDeclared *need = pb_new(&contracts__need_declared__descriptor, work->arena);
        need->obligation_id = obligation->obligation_id;
        need->contract_id = obligation->contract_id;
        need->rome_code = said->rome_code;
        need->title = said->title;
        need->positions = said->positions;
        need->starts_on = said->starts_on;
        need->ends_on = said->ends_on;
        need->commune = said->commune;
        need->place = said->place;
        need->territory = kept;
        need->modality = said->modality;
        need->conditions = said->conditions;
        need->partner = said->partner;
        /* Security: prescribers are called by this event; who works for a private client is not told to all of them. */
        need->is_private = access_is_private(work, id_of(obligation->contract_id));
        if (!need->is_private)
                need->contractor_name = obligation->contractor_name;
        *ret = need;
        return true;
}

/* declare_need: a company looks for people to do the hours it owes. The event wakes the prescribers of the territory.
 * Caller: company (its own obligations), facilitator (the department where the work is), coordinator.
 * Emits: NeedDeclared.  Refuses: NOT_FOUND (obligation), NOT_ALLOWED, INVALID_FIELD (trade, title, positions, dates,
 * commune, modality, conditions, partner), WRONG_STATE (the contract has ended, the company left its group). */
static bool has_ended(const struct work *work, const Contracts__ObligationRecorded *obligation)
{
        const Contracts__ContractFile *file =
                contracts_file_find(work->txn, work->arena, id_of(obligation->contract_id));
        return file != NULL && file->ended_on != NULL;
}

struct reply handle_declare_need(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DeclareNeed *command = (const Contracts__DeclareNeed *)message;
        Contracts__NeedDeclared *need;
        struct refusal refusal;

        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(command->obligation_id));
        if (obligation == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                                    "Cette obligation n'est pas connue : choisissez-la dans la liste de vos marchés.");
        if (has_ended(work, obligation))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                                    "Le contrat est terminé : ses heures sont arrêtées, il n'y a plus de besoin à "
                                    "déclarer.");
        if (obligation->left != NULL)
                return reply_refuse(
                        work, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                        "%.100s a quitté le groupement : qui reprend ses heures déclare ses propres besoins.",
                        obligation->contractor_name);
        struct need_said said = {command, obligation, NULL};
        if (!need_content(work, &said, &need, &refusal))
                return reply_refusal(work, &refusal);

        need->need_id = id_to(work->arena, work_new_id(work));
        work_record(work, &need->base);

        Contracts__DeclareNeedReply *reply = pb_new(&contracts__declare_need_reply__descriptor, work->arena);
        reply->need_id = need->need_id;
        reply->territory = need->territory;
        reply->next_step = need_next_step(command, work->arena);
        return reply_ok(work, reply);
}

/* amend_need: a need changes while people are looked for: dates, number, conditions, the partner chosen.
 * Caller: company (its own), facilitator (the department where the work is), coordinator.
 * Emits: NeedAmended, or nothing where nothing changes.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (need, its
 * fields, reason), WRONG_STATE (closed). */
static bool may_amend(const Contracts__AmendNeed *command, const Contracts__NeedRow *row, struct refusal *ret_refusal)
{
        if (row->state != CONTRACTS__NEED_STATE__NEED_OPEN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "need_id",
                              "Ce besoin est clos : déclarez-en un nouveau.");
        if (command->need->obligation_id != NULL &&
            !id_equal(id_of(command->need->obligation_id), id_of(row->need->obligation_id)))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "need.obligation_id",
                              "Un besoin reste celui de la même obligation : clôturez-le et déclarez-en un pour "
                              "l'autre.");
        return true;
}

static void record_amendment(struct work *work, const Contracts__AmendNeed *command, const Contracts__NeedDeclared *old,
                             Contracts__NeedDeclared *need)
{
        Contracts__NeedAmended body = CONTRACTS__NEED_AMENDED__INIT;
        body.contract_id = need->contract_id;
        body.need_id = need->need_id;
        body.need = need;
        body.reason = command->reason;
        body.former_positions = old->positions;
        body.former_territory = old->territory;
        work_record(work, &body.base);
}

struct reply handle_amend_need(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AmendNeed *command = (const Contracts__AmendNeed *)message;
        const Contracts__NeedRow *row = needs_find(work->txn, work->arena, id_of(command->need_id));
        const Contracts__ObligationRecorded *obligation =
                row == NULL ? NULL : contracts_obligation_find(work->txn, work->arena, id_of(row->need->obligation_id));
        Contracts__NeedDeclared *need;
        struct refusal refusal;

        if (obligation == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "need_id",
                                    "Ce besoin n'est pas connu : vérifiez son identifiant.");
        struct need_said said = {command->need, obligation, row->need};
        if (!may_amend(command, row, &refusal) || !need_content(work, &said, &need, &refusal))
                return reply_refusal(work, &refusal);
        need->need_id = row->need->need_id;
        if (!slice_equal(pb_encode(need, work->arena), pb_encode(row->need, work->arena)))
                record_amendment(work, command, row->need, need);

        Contracts__AmendNeedReply *reply = pb_new(&contracts__amend_need_reply__descriptor, work->arena);
        reply->need_id = need->need_id;
        reply->territory = need->territory;
        reply->next_step = need_next_step(command->need, work->arena);
        return reply_ok(work, reply);
}

/* close_need: nobody is looked for any more: the positions are filled, or the company withdraws the need.
 * Caller: company (its own), facilitator (the need's department), coordinator.  Emits: NeedClosed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (state, reason, filled), WRONG_STATE (closed already). */
static bool may_close(const Contracts__CloseNeed *command, const Contracts__NeedRow *row, struct refusal *ret_refusal)
{
        bool is_filled = command->state == CONTRACTS__NEED_STATE__NEED_FILLED;
        if (row->state != CONTRACTS__NEED_STATE__NEED_OPEN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "need_id",
                              "Ce besoin est déjà clos : déclarez-en un nouveau s'il le faut.");
        if (!is_filled && command->state != CONTRACTS__NEED_STATE__NEED_WITHDRAWN)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "state",
                              "Dites s'il est pourvu (NEED_FILLED) ou retiré (NEED_WITHDRAWN).");
        if (command->filled > row->need->positions)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "filled",
                              "Le besoin ne compte que %u postes : corrigez le nombre de personnes trouvées.",
                              row->need->positions);
        return is_filled || !text_is_empty(command->reason) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason",
                      "Dites pourquoi le besoin est retiré : ceux qui cherchent des personnes le liront.");
}

struct reply handle_close_need(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CloseNeed *command = (const Contracts__CloseNeed *)message;
        const Contracts__NeedRow *row = needs_find(work->txn, work->arena, id_of(command->need_id));
        struct refusal refusal;

        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "need_id",
                                    "Ce besoin n'est pas connu : vérifiez son identifiant.");
        work_as_of(work, command->closed_on);
        if (!may_close(command, row, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__NeedClosed body = CONTRACTS__NEED_CLOSED__INIT;
        bool all = command->state == CONTRACTS__NEED_STATE__NEED_FILLED && command->filled == 0;
        body.contract_id = row->need->contract_id;
        body.need_id = row->need->need_id;
        body.state = command->state;
        body.reason = command->reason;
        body.filled = all ? row->need->positions : command->filled;
        body.closed_on = day_to(work->arena, work->today);
        work_record(work, &body.base);

        Contracts__CloseNeedReply *reply = pb_new(&contracts__close_need_reply__descriptor, work->arena);
        reply->need_id = body.need_id;
        return reply_ok(work, reply);
}
