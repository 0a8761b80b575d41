#include "services/contracts/control/suspending.h"

#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/suspension.h"

/* ---- whether they may be */

bool suspending_whom(const struct work *work, const struct loaded_contract *contract, Contracts__Suspension *asked,
                     struct refusal *ret_refusal)
{
        if (asked->obligation_id == NULL)
                return asked->lot == 0 || contract_check_lot(contract->file, asked->lot, ret_refusal);
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(asked->obligation_id));
        if (obligation == NULL || !id_equal(id_of(obligation->contract_id), contract->id) ||
            (asked->lot != 0 && asked->lot != obligation->lot))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "obligation_id",
                        "Cette entreprise ne doit pas d'heures sur ce contrat ou ce lot : vérifiez-la, ou laissez "
                        "vide : c'est alors tout le contrat, ou tout le lot.");
        asked->lot = obligation->lot;
        return true;
}

static bool is_in_contract(const struct loaded_contract *contract, const Contracts__Suspension *asked,
                           struct refusal *ret_refusal)
{
        const Types__Day *start =
                contract->record->starts_on != NULL ? contract->record->starts_on : contract->record->notified_on;
        const Types__Day *end = contract->file == NULL ? NULL : contract->file->ended_on;
        if (end != NULL && asked->from->days > end->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "from",
                              "Le contrat est terminé ce jour-là : donnez un jour de son exécution.");
        return start == NULL || day_follows(asked->from, day_of(start), "from", ret_refusal);
}

static const char *stopped_told(const Contracts__Suspension *suspension, struct arena *arena)
{
        if (suspension->obligation_id != NULL)
                return arena_printf(arena, "d'une entreprise du lot %u", suspension->lot);
        return suspension->lot == 0 ? "du contrat" : arena_printf(arena, "du lot %u", suspension->lot);
}

/* What is to be done instead. */
static char *remedy(const Contracts__Suspension *asked, const Contracts__Suspension *met, struct arena *arena)
{
        if (asked->decided_to == NULL && met->from->days > asked->from->days)
                return arena_printf(arena, "donnez le dernier jour de celle-ci, au plus tard le %s",
                                    french_day(arena, day_of_number(met->from->days - 1)));
        if (met->to == NULL)
                return arena_text(arena, "enregistrez d'abord la reprise (ResumeExecution)");
        return arena_printf(arena, "donnez d'autres jours, par exemple à partir du %s",
                            french_day(arena, day_of_number(met->to->days + 1)));
}

static bool meets_none(const struct work *work, const Contracts__ContractFile *file, const Contracts__Suspension *asked,
                       struct refusal *ret_refusal)
{
        const Contracts__Suspension *met = file == NULL ? NULL : suspension_met(file, asked);
        return met == NULL ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "from",
                      "Ces jours sont déjà suspendus : une suspension %s court %s. Corrigez l'autre si elle est fausse "
                      "(WithdrawAct), sinon %s.",
                      stopped_told(met, work->arena), suspending_told(met, work->arena),
                      remedy(asked, met, work->arena));
}

bool suspending_admits(const struct work *work, const struct loaded_contract *contract, Contracts__Suspension *asked,
                       struct refusal *ret_refusal)
{
        const Contracts__ContractFile *file = contract->file;
        if (asked->decided_to != NULL && asked->decided_to->days < asked->from->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "to",
                              "La suspension ne peut finir avant de commencer : corrigez, ou laissez vide jusqu'à la "
                              "reprise.");
        if (file != NULL && file->n_suspensions >= PAUSES_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "from",
                              "Ce contrat a déjà %d suspensions : prolongez la dernière par une reprise plus tardive.",
                              PAUSES_MAX);
        asked->to = file == NULL ? asked->decided_to : suspension_last(file, asked, work->arena);
        return is_in_contract(contract, asked, ret_refusal) && meets_none(work, file, asked, ret_refusal);
}

/* ---- told */

char *suspending_told(const Contracts__Suspension *suspension, struct arena *arena)
{
        const char *from = french_day(arena, day_of(suspension->from));
        char *days = suspension->to == NULL
                             ? arena_printf(arena, "à partir du %s, jusqu'à la reprise,", from)
                             : arena_printf(arena, "du %s au %s", from, french_day(arena, day_of(suspension->to)));
        char *by = suspension->ordered_on == NULL ? arena_text(arena, "décision de l'acheteur")
                                                  : arena_printf(arena, "ordre de service de l'acheteur du %s",
                                                                 french_day(arena, day_of(suspension->ordered_on)));
        if (!text_is_empty(suspension->reference))
                by = arena_printf(arena, "%s (%s)", by, suspension->reference);
        return arena_printf(arena, "%s par %s", days, by);
}

size_t suspending_of(const struct work *work, const struct loaded_control *loaded, Contracts__Suspension ***ret)
{
        const Contracts__ContractFile *file = loaded->contract.file;
        const struct stopped own = {loaded->obligation->lot, id_of(loaded->obligation->obligation_id)};
        size_t count = 0;
        *ret = NULL;
        for (size_t i = 0; file != NULL && i < file->n_suspensions; i++) {
                struct stopped stopped = stopped_by(file->suspensions[i]);
                if (!stopped_covers(&stopped, &own))
                        continue;
                *ret = pb_append(*ret, &count, sizeof(**ret), work->arena);
                (*ret)[count - 1] = file->suspensions[i];
        }
        return count;
}

char *suspending_sentences(const struct work *work, const struct loaded_control *loaded)
{
        char *told = arena_text(work->arena, "");
        Contracts__Suspension **list;
        size_t count = suspending_of(work, loaded, &list);
        for (size_t i = 0; i < count; i++)
                if (list[i]->from->days <= day_number(work->today))
                        told = arena_printf(work->arena,
                                            "%s L'exécution a été suspendue %s : ces jours ne comptent pas.", told,
                                            suspending_told(list[i], work->arena));
        return told;
}
