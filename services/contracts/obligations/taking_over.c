#include "services/contracts/obligations/taking_over.h"

#include <string.h>

#include "common/base/french.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/loaded_contract.h"

/* Hours of one month and account: what the ledger holds of it, and how much of that was taken over. */
struct month_sum {
        struct month month;
        enum account account;
        int64_t posted, taken_over;
        int64_t more; /* by what is told now */
};

struct taker {
        const struct work *work;
        const struct loaded_obligation *loaded;
        const Tracking__HoursVersion *rules;
        struct contract_months months;
        struct month_sum *sums;
        size_t sum_count;
        const struct taking_overs *beside; /* NULL: none */
        struct taking_over *ret;
};

/* ---- what is there */

static struct month_sum *sum_of(struct taker *t, struct month month, enum account account)
{
        for (size_t i = 0; i < t->sum_count; i++)
                if (month_number(t->sums[i].month) == month_number(month) && t->sums[i].account == account)
                        return &t->sums[i];
        t->sums = pb_append(t->sums, &t->sum_count, sizeof(*t->sums), t->work->arena);
        struct month_sum *sum = &t->sums[t->sum_count - 1];
        *sum = (struct month_sum){.month = month, .account = account};
        return sum;
}

static void read_ledger(struct taker *t)
{
        const Contracts__LedgerEntry *entry;
        struct walk walk;
        contracts_walk_entries(t->work->txn, t->loaded->id, 0, &walk);
        while ((entry = contracts_walk_next_entry(&walk, t->work->arena)) != NULL)
                if (entry->month != NULL)
                        sum_of(t, month_of(entry->month), account_of(entry->to))->posted +=
                                hours_hundredths(hours_of(entry->hours));
        walk_end(&walk);
}

static void read_taken_over(struct taker *t)
{
        struct walk walk;
        struct id id;
        taken_over_walk(t->work->txn, t->loaded->id, NULL, &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__TakenOverRow *row = taken_over_find(t->work->txn, t->work->arena, id);
                if (row != NULL)
                        sum_of(t, month_of(row->line->month), taken_over_account(row->line->modality))->taken_over +=
                                hours_hundredths(taken_over_counted(row));
        }
        walk_end(&walk);
}

/* ---- one line */

static Contracts__TakenOverLine *line_of(const struct taker *t, const Contracts__HoursSoFar *told)
{
        Contracts__TakenOverLine *line = pb_new(&contracts__taken_over_line__descriptor, t->work->arena);
        const char *employer =
                told->structure_siret[0] != '\0' ? told->structure_siret : t->loaded->obligation->contractor_siret;
        struct id person = taken_over_person(context_of(t->work)->person_key, employer, told->person);
        line->month = told->month;
        line->hours = told->hours;
        line->modality =
                told->modality == TYPES__MODALITY__MODALITY_UNKNOWN ? TYPES__MODALITY__DIRECT_HIRE : told->modality;
        line->structure_siret = told->structure_siret;
        if (!id_is_zero(person))
                line->person = id_to(t->work->arena, person);
        line->line_id = id_to(t->work->arena, taken_over_line_id(t->loaded->id, line));
        return line;
}

static bool tells(const Contracts__HoursTakenOver *body, struct id line)
{
        for (size_t i = 0; i < body->n_lines; i++)
                if (id_equal(id_of(body->lines[i]->line_id), line))
                        return true;
        return false;
}

static bool is_told_twice(const struct taker *t, const Contracts__TakenOverLine *line)
{
        return tells(t->ret->body, id_of(line->line_id));
}

/* A structure lends its staff or does the work itself: an ordinary company that hires has no structure beside it. */
static bool check_structure(const Contracts__HoursSoFar *told, struct refusal *ret_refusal)
{
        bool is_elsewhere =
                told->modality == TYPES__MODALITY__STAFF_PROVIDED || told->modality == TYPES__MODALITY__SUBCONTRACTING;
        return !is_elsewhere || told->structure_siret[0] != '\0' ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours.structure_siret",
                      "Le SIRET de la structure manque : une mise à disposition ou une sous-traitance en a une. "
                      "Donnez-le, ou dites que l'entreprise a embauché elle-même.");
}

/* What tracking tells of a month holds, from whichever structure. */
static bool check_source(struct taker *t, const Contracts__TakenOverLine *line, struct refusal *ret_refusal)
{
        struct month month = month_of(line->month);
        const struct month_sum *sum = sum_of(t, month, taken_over_account(line->modality));
        return sum->posted == sum->taken_over ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "hours.month",
                      "%s : ce mois a déjà, pour cette entreprise, %s dans Guichet, qui font foi. Retirez ce mois de "
                      "la reprise, ou complétez-le dans les parcours.",
                      french_month(t->work->arena, month),
                      sum->account == ACCOUNT_DONE ? "des heures validées" : "une facture convertie en heures");
}

static bool check_line(struct taker *t, const Contracts__HoursSoFar *told, const Contracts__TakenOverLine *line,
                       struct refusal *ret_refusal)
{
        if (!check_structure(told, ret_refusal) ||
            !taken_over_month(&t->months, month_of(told->month), "hours.month", ret_refusal) ||
            !taken_over_reference(told->person, "hours.person", ret_refusal) || !check_source(t, line, ret_refusal))
                return false;
        return !is_told_twice(t, line) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                      "Le même mois est dit deux fois pour la même personne, la même structure et la même modalité : "
                      "additionnez les heures, ou distinguez les personnes par leur référence.");
}

/* ---- a person over all that was taken over */

static bool is_told_anywhere(const struct taker *t, struct id line)
{
        bool told = tells(t->ret->body, line);
        for (size_t i = 0; t->beside != NULL && i < t->beside->count && !told; i++)
                told = tells(t->beside->list[i]->body, line);
        return told;
}

/* What stood of her month before, and is not told again. */
static int64_t worked_before(const struct taker *t, const Contracts__TakenOverLine *line)
{
        int64_t sum = 0;
        struct walk walk;
        struct id id;
        taken_over_walk_person(t->work->txn, id_of(line->person), month_of(line->month), &walk);
        while (walk_next(&walk, &id))
                if (!is_told_anywhere(t, id))
                        sum += hours_hundredths(taken_over_counted(taken_over_find(t->work->txn, t->work->arena, id)));
        walk_end(&walk);
        return sum;
}

static int64_t told_of_person(const Contracts__HoursTakenOver *body, const Contracts__TakenOverLine *line)
{
        int64_t sum = 0;
        for (size_t i = 0; i < body->n_lines; i++)
                if (body->lines[i]->person != NULL && id_equal(id_of(body->lines[i]->person), id_of(line->person)) &&
                    body->lines[i]->month->months == line->month->months)
                        sum += hours_hundredths(hours_of(body->lines[i]->hours));
        return sum;
}

static void add_warning(struct taker *t, char *text)
{
        struct taking_over *ret = t->ret;
        for (size_t i = 0; text != NULL && i < ret->warning_count; i++)
                if (strcmp(ret->warnings[i], text) == 0)
                        text = NULL;
        if (text == NULL)
                return;
        ret->warnings = pb_append(ret->warnings, &ret->warning_count, sizeof(*ret->warnings), t->work->arena);
        ret->warnings[ret->warning_count - 1] = text;
}

/* The line is in the body: with those before it. */
static bool check_person(struct taker *t, const Contracts__TakenOverLine *line, struct refusal *ret_refusal)
{
        if (line->person == NULL)
                return true;
        struct person_month worked = {month_of(line->month),
                                      worked_before(t, line) + told_of_person(t->ret->body, line)};
        for (size_t i = 0; t->beside != NULL && i < t->beside->count; i++)
                if (t->beside->list[i] != t->ret)
                        worked.hundredths += told_of_person(t->beside->list[i]->body, line);
        if (!taken_over_may_work(t->rules, &worked, "hours.hours", ret_refusal))
                return false;
        add_warning(t, taken_over_warn(t->rules, &worked, t->work->arena));
        return true;
}

static int64_t change_of(const Contracts__TakenOverLine *line)
{
        return hours_hundredths(hours_of(line->hours)) - hours_hundredths(hours_of(line->former));
}

static void add_line(struct taker *t, Contracts__TakenOverLine *line)
{
        Contracts__HoursTakenOver *body = t->ret->body;
        struct hours former = taken_over_counted(taken_over_find(t->work->txn, t->work->arena, id_of(line->line_id)));
        if (hours_hundredths(former) != 0)
                line->former = hours_to(t->work->arena, former);
        sum_of(t, month_of(line->month), taken_over_account(line->modality))->more += change_of(line);
        body->lines = pb_append(body->lines, &body->n_lines, sizeof(line), t->work->arena);
        body->lines[body->n_lines - 1] = line;
}

void taking_over_leave_out(struct taking_over *taking, size_t count, size_t warnings)
{
        Contracts__HoursTakenOver *body = taking->body;
        for (; body->n_lines > count; body->n_lines--) {
                const Contracts__TakenOverLine *line = body->lines[body->n_lines - 1];
                sum_of(taking->taker, month_of(line->month), taken_over_account(line->modality))->more -=
                        change_of(line);
        }
        taking->warning_count = warnings;
}

bool taking_over_line(struct taking_over *taking, const Contracts__HoursSoFar *told, struct refusal *ret_refusal)
{
        struct taker *t = taking->taker;
        size_t count = taking->body->n_lines, warnings = taking->warning_count;
        Contracts__TakenOverLine *line = line_of(t, told);
        if (!check_line(t, told, line, ret_refusal))
                return false;
        add_line(t, line);
        if (check_person(t, line, ret_refusal))
                return true;
        taking_over_leave_out(taking, count, warnings);
        return false;
}

/* ---- all of them */

/* Lines that say what is known are left out. */
static void leave_known_out(Contracts__HoursTakenOver *body)
{
        size_t kept = 0;
        for (size_t i = 0; i < body->n_lines; i++)
                if (hours_hundredths(hours_of(body->lines[i]->hours)) !=
                    hours_hundredths(hours_of(body->lines[i]->former)))
                        body->lines[kept++] = body->lines[i];
        body->n_lines = kept;
}

static void post_months(struct taker *t)
{
        struct postings postings = {0};
        int64_t more = 0;
        for (size_t i = 0; i < t->sum_count; i++) {
                struct posting posting = {ACCOUNT_DUE, t->sums[i].account, hours_of_hundredths(t->sums[i].more)};
                if (t->sums[i].more == 0)
                        continue;
                loaded_obligation_post(t->work, t->loaded, &posting, "Heures reprises", &postings);
                postings.list[postings.count - 1]->month = month_to(t->work->arena, t->sums[i].month);
                more += t->sums[i].more;
        }
        t->ret->body->postings = postings.list;
        t->ret->body->n_postings = postings.count;
        t->ret->more = hours_of_hundredths(more);
}

static void warn_of_all(struct taker *t)
{
        int64_t left = hours_hundredths(t->loaded->ledger.balance[ACCOUNT_DUE]) - hours_hundredths(t->ret->more);
        struct month now = month_of_day(t->work->today);
        if (left < 0 && hours_hundredths(t->ret->more) > 0)
                add_warning(t, arena_printf(t->work->arena,
                                            "%s de plus que ce que l'entreprise doit : vérifiez les heures, ou "
                                            "enregistrez l'avenant (AmendObligation).",
                                            french_hours(t->work->arena, hours_of_hundredths(-left))));
        for (size_t i = 0; i < t->sum_count; i++)
                if (t->sums[i].more != 0 && month_number(t->sums[i].month) == month_number(now))
                        add_warning(t,
                                    arena_printf(t->work->arena,
                                                 "%s n'est pas fini : un relevé validé ensuite remplacera toutes les "
                                                 "heures reprises de ce mois.",
                                                 french_month(t->work->arena, now)));
}

void taking_over_begin(const struct work *work, const struct loaded_obligation *loaded,
                       const struct taking_overs *beside, struct taking_over *ret)
{
        struct taker *t = arena_alloc(work->arena, sizeof(*t));
        *ret = (struct taking_over){.body = pb_new(&contracts__hours_taken_over__descriptor, work->arena), .taker = t};
        *t = (struct taker){
                .work = work,
                .loaded = loaded,
                .rules = rules_on(work, DATED_HOURS_RULES, work->today),
                .months = contract_months_of(loaded->contract, loaded->ended_on, work->today),
                .beside = beside,
                .ret = ret,
        };
        read_ledger(t);
        read_taken_over(t);
}

void taking_over_end(struct taking_over *taking)
{
        struct taker *t = taking->taker;
        leave_known_out(taking->body);
        post_months(t);
        warn_of_all(t);
        taking->body->contract_id = t->loaded->obligation->contract_id;
        taking->body->obligation_id = t->loaded->obligation->obligation_id;
        if (t->loaded->obligation->n_territories > 0)
                taking->body->territory = t->loaded->obligation->territories[0];
        taking->body->is_private = t->loaded->contract->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
}

bool taking_over(const struct work *work, const struct loaded_obligation *loaded, const struct hours_told *told,
                 struct taking_over *ret, struct refusal *ret_refusal)
{
        taking_over_begin(work, loaded, NULL, ret);
        for (ret->at = 0; ret->at < told->count; ret->at++)
                if (!taking_over_line(ret, told->list[ret->at], ret_refusal))
                        return false;
        taking_over_end(ret);
        return true;
}

/* ---- and replaced by what tracking tells */

Contracts__TakenOverReplaced *taken_over_replaced(const struct work *work, const struct loaded_obligation *loaded,
                                                  struct month month, enum account account)
{
        Contracts__TakenOverReplaced *body = pb_new(&contracts__taken_over_replaced__descriptor, work->arena);
        int64_t sum = 0;
        struct walk walk;
        struct id id;

        taken_over_walk(work->txn, loaded->id, &month, &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__TakenOverRow *row = taken_over_find(work->txn, work->arena, id);
                int64_t counted = hours_hundredths(taken_over_counted(row));
                if (counted == 0 || taken_over_account(row->line->modality) != account)
                        continue;
                sum += counted;
                body->lines = pb_append(body->lines, &body->n_lines, sizeof(*body->lines), work->arena);
                body->lines[body->n_lines - 1] = row->line;
        }
        walk_end(&walk);
        if (body->n_lines == 0)
                return NULL;
        struct posting posting = {ACCOUNT_DUE, account, hours_of_hundredths(-sum)};
        struct postings postings = {0};
        loaded_obligation_post(work, loaded, &posting, "Heures reprises, remplacées par celles que Guichet a validées",
                               &postings);
        postings.list[0]->month = month_to(work->arena, month);
        body->contract_id = loaded->obligation->contract_id;
        body->obligation_id = loaded->obligation->obligation_id;
        body->month = month_to(work->arena, month);
        body->account = account_to(account);
        body->postings = postings.list;
        body->n_postings = postings.count;
        body->territory = postings.list[0]->territory;
        body->is_private = loaded->contract->kind == CONTRACTS__CONTRACT_KIND__PRIVATE;
        return body;
}
