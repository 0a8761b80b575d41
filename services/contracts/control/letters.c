#include "services/contracts/control/letters.h"

#include "common/base/french.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "services/contracts/control/control.h"
#include "services/contracts/control/penalty.h"
#include "services/contracts/control/rules.h"
#include "services/contracts/control/working_days.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/context.h"
#include "common/texts/texts.h"

struct fields {
        const struct text_field *list;
        size_t count;
};

static char *merge(const struct work *work, const char *name, struct fields fields, char **ret_version,
                   struct refusal *ret_refusal)
{
        const Texts__TextVersion *version = rules_on(work, DATED_CONTROL_TEXTS, work->today);
        const Texts__Text *text = text_find(version, name);
        if (text == NULL) {
                (void)refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                             "La bibliothèque control_texts.json (version %s) n'a pas le texte « %s » : ajoutez-le.",
                             version->version, name);
                return NULL;
        }
        if (ret_version != NULL)
                *ret_version = version->version;
        return text_merge(text, fields.list, fields.count, work->arena, ret_refusal);
}

/* "relevé d'heures d'insertion, contrat de travail" for codes. */
static char *documents_told(const Contracts__ControlRulesVersion *rules, char *const *codes, size_t count,
                            struct arena *arena)
{
        char *told = arena_text(arena, "");
        for (size_t i = 0; i < count; i++) {
                const Contracts__ControlDocument *document = control_document(rules, codes[i]);
                told = arena_printf(arena, "%s%s%s", told, i > 0 ? ", " : "",
                                    document == NULL ? codes[i] : document->label);
        }
        return told;
}

/* ---- what it is about */

static char *statement_facts(const struct work *work, const struct loaded_control *loaded, const Types__Day *period_end)
{
        struct period period;
        struct refusal refusal;
        char **missing;

        if (!loaded_control_period(loaded, period_end, &period, &refusal)) /* the calendar changed since */
                return arena_printf(work->arena, "Le relevé de la période close le %s n'est pas complet.",
                                    french_day(work->arena, day_of(period_end)));
        const Contracts__StatementRow *row =
                control_statement_find(work->txn, work->arena, id_of(loaded->obligation->obligation_id), period.end);
        size_t count = loaded_control_missing(loaded, row, work->arena, &missing);
        char *told = arena_printf(work->arena, "Le relevé de la période close le %s est à remettre au plus tard le %s.",
                                  french_day(work->arena, period.end), french_day(work->arena, period.due));
        return count == 0 ? told
                          : arena_printf(work->arena, "%s Ne sont pas parvenus : %s.", told,
                                         documents_told(loaded->rules, missing, count, work->arena));
}

/* What the case (or the statement) is about, in one or two French sentences. `period_end` NULL: not a statement's. */
static char *letter_facts(const struct work *work, const struct loaded_control *loaded, Contracts__CaseGround ground,
                          const Types__Day *period_end)
{
        const struct pace *pace = &loaded->pace;
        struct arena *arena = work->arena;

        if (period_end != NULL)
                return statement_facts(work, loaded, period_end);
        if (ground == CONTRACTS__CASE_GROUND__INSUFFICIENT_PROGRESS)
                return arena_printf(arena,
                                    "Au %s, %s d'insertion sont réalisées sur %s dues ; %s étaient attendues à "
                                    "cette date.",
                                    french_day(arena, work->today), french_hours(arena, pace->done),
                                    french_hours(arena, pace->owed), french_hours(arena, pace->expected));
        return arena_printf(arena, "Au terme du contrat, %s d'insertion sont réalisées sur %s dues.",
                            french_hours(arena, pace->done), french_hours(arena, pace->owed));
}

/* ---- letters */

static char *company_told(const struct loaded_control *loaded, struct arena *arena)
{
        return arena_printf(arena, "%s (SIRET %s)", loaded->obligation->contractor_name,
                            loaded->obligation->contractor_siret);
}

static char *contract_told(const struct loaded_contract *contract, struct arena *arena)
{
        return arena_printf(arena, "%s, « %s »", loaded_contract_name(contract, arena), contract->record->object);
}

/* What the letters of a statement or a case are merged from; in the arena. */
static struct fields fields_of(const struct work *work, const struct loaded_control *loaded,
                               Contracts__CaseGround ground, const Types__Day *period_end)
{
        struct arena *arena = work->arena;
        const Contracts__ControlPlan *plan = loaded->plan;
        struct day answer_by = working_days_after(loaded->rules->holidays, work->today, plan->answer_working_days);
        const struct text_field fields[] = {
                {"day", french_day(arena, work->today)},
                {"buyer", loaded_contract_buyer(&loaded->contract, arena)},
                {"company", company_told(loaded, arena)},
                {"contract", contract_told(&loaded->contract, arena)},
                {"lot", arena_printf(arena, "%u", loaded->obligation->lot)},
                {"facts", letter_facts(work, loaded, ground, period_end)},
                {"answer_by", french_day(arena, answer_by)},
                {"answer_days", arena_printf(arena, "%u", plan->answer_working_days)},
                {"observation_days", arena_printf(arena, "%u", plan->contradictory_days)},
                {"penalty", penalty_told(plan, loaded->rules, ground, arena)},
        };
        return (struct fields){arena_copy(arena, fields, sizeof(fields)), ARRAY_SIZE(fields)};
}

char *letter_of_case(const struct work *work, const struct loaded_control *loaded, const char *name, char **ret_version,
                     struct refusal *ret_refusal)
{
        struct fields fields = fields_of(work, loaded, loaded->record->ground, loaded->record->period_end);
        return merge(work, name, fields, ret_version, ret_refusal);
}

char *letter_reminder(const struct work *work, const struct loaded_control *loaded, Contracts__CaseGround ground,
                      const Types__Day *period_end, struct refusal *ret_refusal)
{
        return merge(work, "reminder", fields_of(work, loaded, ground, period_end), NULL, ret_refusal);
}

char *letter_attestation(const struct work *work, const struct loaded_control *loaded, struct hours waived,
                         char **ret_version, struct refusal *ret_refusal)
{
        struct arena *arena = work->arena;
        struct ledger ledger = contracts_ledger(work->txn, arena, id_of(loaded->obligation->obligation_id));
        const char *renounced = hours_hundredths(waived) == 0
                                        ? "L'acheteur n'a renoncé à aucune heure."
                                        : arena_printf(arena, "L'acheteur a renoncé à %s qui restaient à réaliser.",
                                                       french_hours(arena, waived));
        const struct text_field fields[] = {
                {"day", french_day(arena, work->today)},
                {"buyer", loaded_contract_buyer(&loaded->contract, arena)},
                {"company", company_told(loaded, arena)},
                {"contract", contract_told(&loaded->contract, arena)},
                {"lot", arena_printf(arena, "%u", loaded->obligation->lot)},
                {"owed", french_hours(arena, ledger_demanded(&ledger))},
                {"done", french_hours(arena, ledger.balance[ACCOUNT_DONE])},
                {"converted", french_hours(arena, ledger.balance[ACCOUNT_CONVERTED])},
                {"waived", renounced},
        };
        return merge(work, "attestation", (struct fields){fields, ARRAY_SIZE(fields)}, ret_version, ret_refusal);
}

char *letter_final_statement(const struct work *work, const struct loaded_contract *contract,
                             const struct final_figures *figures, struct refusal *ret_refusal)
{
        struct arena *arena = work->arena;
        const struct text_field fields[] = {
                {"day", french_day(arena, work->today)},
                {"buyer", loaded_contract_buyer(contract, arena)},
                {"contract", contract_told(contract, arena)},
                {"dates", figures->dates},
                {"lines", figures->lines},
                {"penalties", french_money(arena, figures->penalties)},
        };
        return merge(work, "final_statement", (struct fields){fields, ARRAY_SIZE(fields)}, NULL, ret_refusal);
}
