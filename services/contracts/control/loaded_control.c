#include "services/contracts/control/loaded_control.h"

#include <string.h>

#include "common/base/text.h"
#include "services/contracts/control/control.h"
#include "services/contracts/control/ladder.h"
#include "services/contracts/control/penalty.h"
#include "services/contracts/control/working_days.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/context.h"

bool loaded_control_read(const struct work *work, const Contracts__ObligationRecorded *obligation,
                         struct loaded_control *ret)
{
        struct loaded_control loaded = {.obligation = obligation, .contract.id = id_of(obligation->contract_id)};
        const Contracts__ControlPlanPut *plan = control_plan_find(work->txn, work->arena, id_of(obligation->clause_id));
        struct ledger ledger = contracts_ledger(work->txn, work->arena, id_of(obligation->obligation_id));
        struct pace_hours hours = {
                .done = hours_of_hundredths(hours_hundredths(ledger.balance[ACCOUNT_DONE]) +
                                            hours_hundredths(ledger.balance[ACCOUNT_CONVERTED])),
                .remaining = ledger.balance[ACCOUNT_DUE],
                .is_due_already = obligation->by_invoices,
        };

        loaded.contract.record = contracts_record_find(work->txn, work->arena, loaded.contract.id);
        if (loaded.contract.record == NULL)
                return false;
        loaded.contract.file = contracts_file_find(work->txn, work->arena, loaded.contract.id);
        loaded.is_quit = control_of(work->txn, work->arena, obligation->obligation_id)->attested_on != NULL;
        loaded.plan = plan == NULL ? NULL : plan->plan;
        loaded.rules = rules_on(work, DATED_CONTROL, work->today);
        loaded.has_span = span_of(obligation, loaded.contract.record, loaded.contract.file, loaded.plan, &loaded.span);
        span_on(&loaded.span, work->today);
        loaded.pace = pace_of(&hours, loaded.has_span ? &loaded.span : NULL, work->today, loaded.rules->light);
        *ret = loaded;
        return true;
}

static bool unknown(struct refusal *ret_refusal)
{
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                      "Cette obligation n'est pas connue : vérifiez son identifiant.");
}

bool loaded_control_of_obligation(const struct work *work, const Types__Id *obligation_id, struct loaded_control *ret,
                                  struct refusal *ret_refusal)
{
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(work->txn, work->arena, id_of(obligation_id));
        if (obligation == NULL)
                return unknown(ret_refusal);
        return loaded_control_read(work, obligation, ret) || unknown(ret_refusal);
}

bool loaded_control_of_case(const struct work *work, const Types__Id *case_id, struct loaded_control *ret,
                            struct refusal *ret_refusal)
{
        struct loaded_control loaded;
        Contracts__ControlCase *record = control_case_find(work->txn, work->arena, id_of(case_id));

        if (record == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "case_id",
                              "Ce dossier de contrôle n'est pas connu : vérifiez son identifiant.");
        if (!loaded_control_of_obligation(work, record->obligation_id, &loaded, ret_refusal))
                return false;
        loaded.record = record;
        *ret = loaded;
        return true;
}

bool loaded_control_is_planned(const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        if (loaded->plan == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "Le contrôle de cette clause n'est pas réglé : posez d'abord échéances, documents et "
                              "pénalités (PutControlPlan).");
        if (!loaded->has_span)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "obligation_id",
                              "Le début ou la durée de l'exécution n'est pas connu : donnez-les dans le "
                              "plan de contrôle (PutControlPlan).");
        return true;
}

bool loaded_control_period(const struct loaded_control *loaded, const Types__Day *period_end, struct period *ret,
                           struct refusal *ret_refusal)
{
        struct calendar calendar;
        struct period period;
        char text[DAY_TEXT_SIZE];

        if (!loaded_control_is_planned(loaded, ret_refusal))
                return false;
        if (period_end != NULL && calendar_find(loaded->plan, &loaded->span, day_of(period_end), ret))
                return true;
        calendar = calendar_begin(loaded->plan, &loaded->span);
        while (calendar_next(&calendar, &period)) {
                if (period_end != NULL && day_number(period.end) < day_number(day_of(period_end)))
                        continue;
                day_format(period.end, text);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "period_end",
                              "Aucune période du calendrier ne finit ce jour-là : la suivante finit le %s.", text);
        }
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "period_end",
                      "Aucune période du calendrier ne finit ce jour-là ni après : donnez la fin d'une période.");
}

static bool holds(const Contracts__StatementRow *row, const char *document)
{
        for (size_t i = 0; row != NULL && i < row->n_documents; i++)
                if (strcmp(row->documents[i], document) == 0)
                        return true;
        return false;
}

size_t loaded_control_wanted(const struct loaded_control *loaded, const struct period *period, char *const **ret)
{
        *ret = period->is_report ? &loaded->plan->report_terms->document : loaded->plan->documents;
        return period->is_report ? 1 : loaded->plan->n_documents;
}

size_t loaded_control_missing(const struct loaded_control *loaded, const struct period *period,
                              const Contracts__StatementRow *row, struct arena *arena, char ***ret)
{
        char *const *wanted;
        size_t count = 0, wanted_count = loaded_control_wanted(loaded, period, &wanted);
        *ret = arena_alloc(arena, (wanted_count + 1) * sizeof(**ret));
        for (size_t i = 0; i < wanted_count; i++)
                if (!holds(row, wanted[i]))
                        (*ret)[count++] = wanted[i];
        return count;
}

/* ---- sums over cases */

static void add_money(struct money *sum, struct money more)
{
        *sum = money_of_cents(money_cents(*sum) + money_cents(more)); /* penalty.c bounds each; cases are few */
}

static void add_hours(struct hours *sum, struct hours more)
{
        *sum = hours_of_hundredths(hours_hundredths(*sum) + hours_hundredths(more));
}

/* A penalty waived in the course of the contract leaves the hours to be done; at its end it settles them. */
static void add_case(struct case_sums *sums, const Contracts__ControlCase *record)
{
        bool at_end = record->ground == CONTRACTS__CASE_GROUND__HOURS_NOT_DONE;

        if (case_is_open(record)) {
                sums->has_open = true;
                sums->has_open_of_hours |= ground_is_about_hours(record->ground);
        }
        if (!case_is_decided(record))
                return;
        bool is_waived = record->decision->choice == CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE;
        add_money(&sums->decided, money_of(record->decision->amount));
        if (!is_waived || at_end)
                add_hours(&sums->settled, hours_of(record->decision->settled_hours));
        if (is_waived && at_end)
                add_hours(&sums->waived, hours_of(record->decision->settled_hours));
}

struct case_sums loaded_control_sums(const struct work *work, const struct loaded_control *loaded, struct id without)
{
        struct case_sums sums = {.has_open = false};
        struct walk walk;
        struct id id;

        control_walk_cases_of(work->txn, id_of(loaded->obligation->obligation_id), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ControlCase *record = control_case_find(work->txn, work->arena, id);
                if (record != NULL && !id_equal(id, without))
                        add_case(&sums, record);
        }
        walk_end(&walk);
        return sums;
}

struct hours loaded_control_hours(const struct loaded_control *loaded, Contracts__CaseGround ground,
                                  const struct case_sums *sums)
{
        const struct pace *pace = &loaded->pace;
        struct hours from = ground == CONTRACTS__CASE_GROUND__HOURS_NOT_DONE ? pace->owed : pace->expected;
        int64_t missing = hours_hundredths(from) - hours_hundredths(pace->done) - hours_hundredths(sums->settled);
        return hours_of_hundredths(missing > 0 && ground_is_about_hours(ground) ? missing : 0);
}

struct day case_answer_by(const struct loaded_control *loaded)
{
        const Contracts__ControlCase *record = loaded->record;
        if (record->n_reminders == 0)
                return day_of(record->opened_on);
        return working_days_after(loaded->rules->holidays, day_of(record->reminders[0]->sent_on),
                                  loaded->plan->answer_working_days);
}

/* ---- what is said to have happened */

bool day_follows(const Types__Day *day, struct day step, const char *field, struct refusal *ret_refusal)
{
        char text[DAY_TEXT_SIZE];
        if (day_number(day_of(day)) >= day_number(step))
                return true;
        day_format(step, text);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, field,
                      "Ce jour ne peut être avant le %s, celui de l'étape précédente : vérifiez la date.", text);
}

struct day case_reached_on(const Contracts__ControlCase *record)
{
        const Types__Day *const steps[] = {
                record->n_reminders > 0 ? record->reminders[record->n_reminders - 1]->sent_on : NULL,
                record->warned_on,
                record->drafted_on,
                record->served_on,
                record->proposal != NULL ? record->proposal->proposed_on : NULL,
                record->decision != NULL ? record->decision->decided_on : NULL,
        };
        int32_t last = record->opened_on->days;
        for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
                if (steps[i] != NULL && steps[i]->days > last)
                        last = steps[i]->days;
        return day_of_number(last);
}

bool case_step_on(struct work *work, const Types__Id *case_id, const Types__Day *day, const char *field,
                  struct refusal *ret_refusal)
{
        const Contracts__ControlCase *record = control_case_find(work->txn, work->arena, id_of(case_id));
        work_as_of(work, day);
        return record == NULL || day == NULL || day_follows(day, case_reached_on(record), field, ret_refusal);
}

bool acts_as_buyer(const struct work *work)
{
        return work->actor->role == TYPES__ROLE__BUYER;
}

bool signed_by_buyer(const struct work *work, const char *reference, const char *signatory, struct refusal *ret_refusal)
{
        if (acts_as_buyer(work))
                return true;
        if (text_is_empty(reference))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "reference",
                              "C'est un acte de l'acheteur : pour l'enregistrer à sa place, donnez la référence de "
                              "son document signé.");
        if (text_is_empty(signatory))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "signatory",
                              "C'est un acte de l'acheteur : pour l'enregistrer à sa place, dites qui l'a signé.");
        return true;
}

struct slice sealed_signature(const struct work *work, char *signatory)
{
        Contracts__ControlSignature signature = CONTRACTS__CONTROL_SIGNATURE__INIT;
        if (text_is_empty(signatory))
                return slice_of(NULL, 0);
        signature.signatory = signatory;
        return pb_encode(&signature, work->arena);
}
