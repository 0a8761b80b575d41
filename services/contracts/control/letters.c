#include "services/contracts/control/letters.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/texts/texts.h"
#include "services/contracts/agreements/letterhead.h"
#include "services/contracts/control/control.h"
#include "services/contracts/control/letter_fields.h"
#include "services/contracts/control/notice.h"
#include "services/contracts/control/working_days.h"
#include "services/contracts/ledger/ledger.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/assigning.h"
#include "services/contracts/record/context.h"

enum { FIELDS_MAX = 40 };

/* What a letter is put together from. */
struct making {
        const struct work *work;
        const Texts__TextVersion *texts;
        struct text_field fields[FIELDS_MAX];
        size_t count;
        struct letter letter;
        struct refusal *refusal;
};

static struct making begin(const struct work *work, struct refusal *ret_refusal)
{
        const Texts__TextVersion *texts = rules_on(work, DATED_CONTROL_TEXTS, work->today);
        return (struct making){
                .work = work,
                .texts = texts,
                .letter = {.version = texts->version, .to_confirm = {.arena = work->arena}},
                .refusal = ret_refusal,
        };
}

static void put_field(struct making *making, const char *name, const char *value)
{
        require(making->count < FIELDS_MAX);
        making->fields[making->count++] = (struct text_field){name, value};
}

/* NULL with the refusal: the library has no such text, or a field of it has no value. */
static char *merge(struct making *making, const char *name)
{
        const Texts__Text *text = text_find(making->texts, name);
        if (text != NULL)
                return text_merge(text, making->fields, making->count, making->work->arena, making->refusal);
        (void)refuse(making->refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                     "La bibliothèque control_texts.json (version %s) n'a pas le texte « %s » : ajoutez-le.",
                     making->texts->version, name);
        return NULL;
}

/* A short text that goes into another: without the end of its last line. */
static char *piece(struct making *making, const char *name)
{
        char *text = merge(making, name);
        size_t size = text == NULL ? 0 : strlen(text);
        if (size > 0 && text[size - 1] == '\n')
                text[size - 1] = '\0';
        return text;
}

static bool finish(struct making *making, const char *name, struct letter *ret)
{
        making->letter.text = merge(making, name);
        *ret = making->letter;
        return making->letter.text != NULL;
}

/* ---- parties and contract */

static void put_contract(struct making *making, const struct loaded_contract *contract, uint32_t lot)
{
        struct arena *arena = making->work->arena;
        const Contracts__ContractRecord *record = contract->record;
        const struct letterhead buyer = letterhead_of_buyer(contract);

        put_field(making, "day", french_day(arena, making->work->today));
        put_field(making, "carrier", letterhead_carrier(making->work, contract, &making->letter.to_confirm));
        put_field(making, "buyer", letterhead_lines(making->work, &buyer, &making->letter.to_confirm));
        put_field(making, "buyer_name",
                  letterhead_short(making->work, record->buyer_siret, record->buyer_name, "l'acheteur"));
        put_field(making, "contract", loaded_contract_name(contract, arena));
        put_field(making, "object", record->object);
        put_field(making, "notified",
                  record->notified_on == NULL ? "" : french_day(arena, day_of(record->notified_on)));
        if (lot != 0)
                put_field(making, "lot", loaded_contract_lot(contract, lot, arena));
}

static void put_company(struct making *making, const Contracts__ObligationRecorded *obligation)
{
        const struct letterhead company = {obligation->contractor_siret, obligation->contractor_name,
                                           "de l'entreprise"};
        const char *lines = letterhead_lines(making->work, &company, &making->letter.to_confirm);
        const char *formerly = assigning_formerly(making->work, obligation);
        put_field(making, "company",
                  *formerly == '\0' ? lines : arena_printf(making->work->arena, "%s\n%s", lines, formerly));
        put_field(making, "company_name",
                  letterhead_short(making->work, obligation->contractor_siret, obligation->contractor_name,
                                   "l'entreprise"));
}

/* ---- the ladder's */

static const char *delay_told(const struct making *making, uint32_t working_days)
{
        if (working_days == 0)
                return "sans délai";
        return arena_printf(making->work->arena, "dans un délai de %u jours ouvrés", working_days);
}

/* Until when a reminder may be answered: the same day as case_answer_by(). */
static const char *answer_told(const struct making *making, const struct loaded_control *loaded,
                               const struct reminder *about)
{
        uint32_t days = loaded->plan->answer_working_days;
        struct day until = working_days_after(loaded->rules->holidays, about->sent_on, days);
        if (days == 0)
                return "sans délai";
        return arena_printf(making->work->arena, "au plus tard le %s (%u jours ouvrés à compter de l'envoi)",
                            french_day(making->work->arena, until), days);
}

/* The delays of a formal notice, in the words of the rule that the ladder counts them by. False: a text is missing. */
static bool put_delays(struct making *making, const struct loaded_control *loaded)
{
        struct arena *arena = making->work->arena;
        const char *to_working_day = notice_to_working_day(loaded->rules);
        const char *from = piece(making, notice_counted_from(loaded->rules));
        const char *working_day = to_working_day == NULL ? "" : piece(making, to_working_day);
        const char *delay = delay_told(making, loaded->plan->answer_working_days);

        if (from == NULL || working_day == NULL)
                return false;
        put_field(making, "counted_from", from);
        put_field(making, "working_day", working_day);
        put_field(making, "notice_delay",
                  loaded->plan->answer_working_days == 0 ? delay : arena_printf(arena, "%s %s", delay, from));
        put_field(making, "observation_days", arena_printf(arena, "%u jours", loaded->plan->contradictory_days));
        return true;
}

static bool put_case(struct making *making, const struct loaded_control *loaded, const struct reminder *about)
{
        struct arena *arena = making->work->arena;
        const Contracts__ControlPlan *plan = loaded->plan;

        put_contract(making, &loaded->contract, loaded->obligation->lot);
        put_company(making, loaded->obligation);
        put_field(making, "facts", letter_facts(making->work, loaded, about));
        put_field(making, "answer_delay", answer_told(making, loaded, about));
        put_field(making, "penalty", letter_penalty(loaded, about->ground, arena));
        bool is_later = letter_stake_is_later(loaded, about->ground);
        const char *at_stake = letter_at_stake(making->work, loaded, about->ground);
        put_field(making, "at_stake", is_later ? "" : at_stake);
        put_field(making, "at_stake_later", is_later ? at_stake : "");
        put_field(making, "cap", plan->cap == NULL ? "" : french_money(arena, money_of(plan->cap)));
        put_field(making, "reminders", letter_reminders(loaded->record, arena));
        const char *ask = piece(making, letter_ask(about->ground));
        put_field(making, "article", plan->article);
        const char *article = piece(making, text_is_empty(plan->article) ? "article_unknown" : "article_known");
        if (ask == NULL || article == NULL)
                return false;
        making->fields[making->count - 1].value = article;
        put_field(making, "ask", ask);
        letter_doubts(making->work, loaded, &making->letter.to_confirm);
        return put_delays(making, loaded);
}

bool letter_of_case(const struct work *work, const struct loaded_control *loaded, const char *name, struct letter *ret,
                    struct refusal *ret_refusal)
{
        struct making making = begin(work, ret_refusal);
        const struct reminder about = {loaded->record->ground, loaded->record->period_end, work->today};
        return put_case(&making, loaded, &about) && finish(&making, name, ret);
}

bool letter_reminder(const struct work *work, const struct loaded_control *loaded, const struct reminder *reminder,
                     struct letter *ret, struct refusal *ret_refusal)
{
        struct making making = begin(work, ret_refusal);
        return put_case(&making, loaded, reminder) && finish(&making, "reminder", ret);
}

/* ---- the end */

static char *dates_told(const struct loaded_control *loaded, struct arena *arena)
{
        return !loaded->has_span ? arena_text(arena, "")
                                 : arena_printf(arena, "Exécution du %s au %s.", french_day(arena, loaded->span.start),
                                                french_day(arena, loaded->span.end));
}

bool letter_attestation(const struct work *work, const struct loaded_control *loaded, struct hours waived,
                        struct letter *ret, struct refusal *ret_refusal)
{
        struct arena *arena = work->arena;
        struct making making = begin(work, ret_refusal);
        struct ledger ledger = contracts_ledger(work->txn, arena, id_of(loaded->obligation->obligation_id));
        const char *renounced = hours_hundredths(waived) == 0
                                        ? "L'acheteur n'a renoncé à aucune heure."
                                        : arena_printf(arena, "L'acheteur a renoncé à %s qui restaient à réaliser.",
                                                       french_hours(arena, waived));
        put_contract(&making, &loaded->contract, loaded->obligation->lot);
        put_company(&making, loaded->obligation);
        put_field(&making, "dates", dates_told(loaded, arena));
        put_field(&making, "owed", french_hours(arena, ledger_demanded(&ledger)));
        put_field(&making, "done", french_hours(arena, ledger.balance[ACCOUNT_DONE]));
        put_field(&making, "converted", french_hours(arena, ledger.balance[ACCOUNT_CONVERTED]));
        put_field(&making, "waived", renounced);
        return finish(&making, "attestation", ret);
}

bool letter_final_statement(const struct work *work, const struct loaded_contract *contract,
                            const struct final_figures *figures, struct letter *ret, struct refusal *ret_refusal)
{
        struct making making = begin(work, ret_refusal);
        put_contract(&making, contract, 0);
        put_field(&making, "dates", figures->dates);
        put_field(&making, "lines", figures->lines);
        put_field(&making, "totals", figures->totals);
        put_field(&making, "persons", figures->persons);
        put_field(&making, "penalties", french_money(work->arena, figures->penalties));
        return finish(&making, "final_statement", ret);
}
