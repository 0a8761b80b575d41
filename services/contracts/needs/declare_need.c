/* declare_need: a company looks for people to do the hours it owes. The event wakes the prescribers of the territory.
 * Caller: company (its own obligations), facilitator (the department where the work is), coordinator.
 * Emits: NeedDeclared.  Refuses: NOT_FOUND (obligation), NOT_ALLOWED, INVALID_FIELD (trade, title, positions, start,
 * commune, modality). */
#include "services/contracts/needs/needs.h"

#include "services/contracts/access.h"
#include "services/contracts/needs/need.h"
#include "services/contracts/store/store.h"

static Contracts__NeedDeclared *need_of(struct work *work, const Contracts__DeclareNeed *command,
                                        const Contracts__ObligationRecorded *obligation, char *territory)
{
        Contracts__NeedDeclared *need = pb_new(&contracts__need_declared__descriptor, work->arena);
        need->need_id = id_to(work->arena, work_new_id(work));
        need->obligation_id = command->obligation_id;
        need->contract_id = obligation->contract_id;
        need->rome_code = command->rome_code;
        need->title = command->title;
        need->positions = command->positions;
        need->starts_on = command->starts_on;
        need->commune = command->commune;
        need->territory = territory;
        need->modality = command->modality;
        /* Security: prescribers are called by this event; who works for a private client is not told to all of them. */
        if (!access_is_private(work, id_of(obligation->contract_id)))
                need->contractor_name = obligation->contractor_name;
        return need;
}

struct reply handle_declare_need(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DeclareNeed *command = (const Contracts__DeclareNeed *)message;
        char territory[TERRITORY_TEXT_SIZE];
        struct refusal refusal;

        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(command->obligation_id));
        if (obligation == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                                    "Cette obligation n'est pas connue : choisissez-la dans la liste de vos marchés.");
        /* Security: a company speaks for its own obligations only. */
        if (!access_obligation(work, obligation))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "obligation_id",
                                    "Cette obligation est celle d'une autre entreprise : choisissez l'une des vôtres.");
        if (!need_check(command, work->today, territory, &refusal))
                return reply_refusal(work, &refusal);
        char *kept = arena_text(work->arena, territory);
        /* Security: a facilitator calls the prescribers of its own territories only. */
        if (!access_territories(work, &kept, 1))
                return reply_refuse(
                    work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "commune",
                    "Cette commune est dans le département %s, hors de votre territoire : adressez-vous "
                    "au facilitateur qui le suit.",
                    territory);

        Contracts__Event event = CONTRACTS__EVENT__INIT;
        event.body_case = CONTRACTS__EVENT__BODY_NEED_DECLARED;
        event.need_declared = need_of(work, command, obligation, kept);
        work_record(work, &event);

        Contracts__DeclareNeedReply *reply = pb_new(&contracts__declare_need_reply__descriptor, work->arena);
        reply->need_id = event.need_declared->need_id;
        reply->territory = kept;
        return reply_ok(work, reply);
}
