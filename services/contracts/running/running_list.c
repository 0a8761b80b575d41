#include "services/contracts/running/running_list.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/validate.h"
#include "services/contracts/control/opening.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/record/access.h"

/* ---- whose list */

static bool may_give(const struct work *work, const Contracts__ImportRunning *command, struct refusal *ret_refusal)
{
        if (!territory_valid(command->territory))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Indiquez le département où la liste est donnée, comme « 31 ».");
        /* Security: a facilitator gives the lists of her territories. */
        return access_territories(work, &command->territory, 1) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                      "Le département %s n'est pas dans votre territoire : adressez-vous au facilitateur qui le suit.",
                      command->territory);
}

static bool open_list(struct work *work, const struct running_question *question, struct running_list *ret,
                      struct refusal *ret_refusal)
{
        const Contracts__ImportRunning *command = question->command;
        const struct intake_spec spec = {RUNNING_LIST, contracts_batches(), running_fields, RUNNING_FIELDS, true};
        const struct intake_for given = {
                .spec = &spec,
                .sent = command->list,
                .sender =
                        command->territory, /* the lists of one department have the same columns, and undo each other */
                .territory = command->territory,
                .words = rules_on(work, DATED_RUNNING_WORDS, work->today),
        };
        *ret = (struct running_list){.model = {.work = work, .territory = command->territory}};
        if (!may_give(work, command, ret_refusal) || !intake_open(work, &given, &ret->intake, ret_refusal) ||
            !columns_need(&ret->intake.columns, RUNNING_NUMBER, "le numéro du contrat", ret_refusal))
                return false;
        const struct columns *columns = &ret->intake.columns;
        ret->reading =
                (struct running_reading){ret->intake.rows, given.words, running_months(columns), command->buyer_siret};
        ret->intake.report->n_unused_columns =
                running_unused(columns, &ret->reading.months, ret->intake.report->unused_columns,
                               ret->intake.report->n_unused_columns);
        return text_is_empty(command->buyer_siret)
                       ? columns_need(columns, RUNNING_BUYER, "le SIRET de l'acheteur", ret_refusal)
                       : true;
}

/* ---- one row */

struct judging {
        struct running_list *list;
        struct running_line *line;
        struct running_row row;
        struct running_place place;
        size_t warnings; /* of the obligation's, before this row */
        size_t taken;    /* its hours so far */
        bool creates, updates;
};

static struct work *work_of(const struct judging *j)
{
        return j->list->intake.work;
}

static void warn(struct judging *j, int field, const char *text)
{
        const struct columns *columns = &j->list->intake.columns;
        struct judged *judged = &j->line->judged;
        const char *cell = row_cell(&j->row.cells, field), *title = "";
        if (columns->of[field] >= 0)
                title = columns->header[columns->of[field]];
        judged->warnings =
                pb_append(judged->warnings, &judged->warning_count, sizeof(*judged->warnings), work_of(j)->arena);
        judged->warnings[judged->warning_count - 1] =
                row_error(title, cell == NULL ? "" : cell, text, work_of(j)->arena);
}

/* ---- hours */

/* Security: as of TakeOverHours: whose the obligation is. */
static bool may_take_over(const struct judging *j, const struct running_obligation *owed, struct refusal *ret_refusal)
{
        const Contracts__ObligationRecorded *obligation = owed->loaded.obligation;
        return access_territories(work_of(j), obligation->territories, obligation->n_territories) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "hours",
                      "Cette obligation n'est pas de votre ressort : adressez-vous au facilitateur qui la suit.");
}

static void begin_taking(struct judging *j, struct running_obligation *owed)
{
        struct running_model *model = &j->list->model;
        if (owed->is_taking)
                return;
        taking_over_begin(model->work, &owed->loaded, &model->takings, &owed->taking);
        owed->is_taking = true;
        model->takings.list =
                pb_append(model->takings.list, &model->takings.count, sizeof(*model->takings.list), model->work->arena);
        model->takings.list[model->takings.count - 1] = &owed->taking;
}

static bool is_valid(const struct judging *j, Contracts__HoursSoFar *told, struct refusal *ret_refusal)
{
        Contracts__TakeOverHours command = CONTRACTS__TAKE_OVER_HOURS__INIT;
        command.obligation_id = j->place.obligation->loaded.obligation->obligation_id;
        command.hours = &told;
        command.n_hours = 1;
        return validate_message(&command.base, work_of(j)->today, ret_refusal);
}

static bool take_line(struct judging *j, Contracts__HoursSoFar *told, struct refusal *ret_refusal)
{
        struct taking_over *taking = &j->place.obligation->taking;
        if (j->place.contract->lines + j->taken == RUNNING_LINES_MAX)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "hours",
                              "Un contrat prend %d mois d'heures à la fois : donnez les lignes écartées dans une autre "
                              "liste.",
                              RUNNING_LINES_MAX);
        if (!is_valid(j, told, ret_refusal) || !taking_over_line(taking, told, ret_refusal))
                return false;
        const Contracts__TakenOverLine *line = taking->body->lines[taking->body->n_lines - 1];
        int64_t former = hours_hundredths(hours_of(line->former)), hundredths = hours_hundredths(hours_of(line->hours));
        j->creates = j->creates || (former == 0 && hundredths != 0);
        j->updates = j->updates || (former != 0 && hundredths != former);
        j->taken++;
        return true;
}

static bool take_hours(struct judging *j)
{
        struct running_obligation *owed = j->place.obligation;
        struct refusal refusal;
        if (j->row.hours_count == 0)
                return true;
        if (!may_take_over(j, owed, &refusal)) {
                running_refuse_hours(&j->row, j->row.hours[0].column, &refusal);
                return false;
        }
        begin_taking(j, owed);
        size_t count = owed->taking.body->n_lines;
        j->warnings = owed->taking.warning_count;
        for (size_t i = 0; i < j->row.hours_count; i++)
                if (!take_line(j, j->row.hours[i].told, &refusal))
                        running_refuse_hours(&j->row, j->row.hours[i].column, &refusal);
        if (j->row.cells.error_count == 0)
                return true;
        taking_over_leave_out(&owed->taking, count, j->warnings);
        return false;
}

/* ---- the open case */

static Contracts__OpenCase *case_command(const struct judging *j)
{
        Contracts__OpenCase *command = pb_new(&contracts__open_case__descriptor, work_of(j)->arena);
        command->obligation_id = j->place.obligation->loaded.obligation->obligation_id;
        command->ground = j->row.ground;
        command->opened_on = j->row.case_on;
        command->period_end = j->row.case_period;
        return command;
}

static bool same_day(const Types__Day *a, const Types__Day *b)
{
        return (a == NULL) == (b == NULL) && (a == NULL || a->days == b->days);
}

/* The same case, known or told by a row above. */
static bool is_known_case(const struct judging *j, const Contracts__OpenCase *command)
{
        const struct running_obligation *owed = j->place.obligation;
        struct walk walk;
        struct id id;
        bool found = false;
        for (size_t i = 0; i < owed->case_count && !found; i++)
                found = owed->cases[i]->ground == command->ground &&
                        same_day(owed->cases[i]->period_end, command->period_end);
        control_walk_cases_of(work_of(j)->txn, owed->loaded.id, slice_of(NULL, 0), &walk);
        while (!found && walk_next(&walk, &id)) {
                const Contracts__ControlCase *known = control_case_find(work_of(j)->txn, work_of(j)->arena, id);
                found = known != NULL && known->ground == command->ground &&
                        same_day(known->opened_on, command->opened_on) &&
                        same_day(known->period_end, command->period_end);
        }
        walk_end(&walk);
        return found;
}

static bool may_open(struct judging *j, const Contracts__OpenCase *command, Contracts__CaseOpened **ret,
                     struct refusal *ret_refusal)
{
        struct work *work = work_of(j);
        struct loaded_control loaded;
        struct day today = work->today;
        if (!validate_message(&command->base, today, ret_refusal))
                return false;
        work_as_of(work, command->opened_on);
        bool may = loaded_control_of_obligation(work, command->obligation_id, &loaded, ret_refusal) &&
                   opening_decide(work, &loaded, command, ret_refusal);
        if (may)
                *ret = opening_event(work, &loaded, command);
        work->today = today;
        return may;
}

/* The ground of a case is checked by the plan of its clause, which no list can tell. */
static bool take_case(struct judging *j)
{
        struct running_obligation *owed = j->place.obligation;
        Contracts__CaseOpened *opened;
        struct refusal refusal;
        if (j->row.ground == CONTRACTS__CASE_GROUND__CASE_GROUND_UNKNOWN)
                return true;
        if (owed->is_new) {
                warn(j, RUNNING_CASE,
                     "Le dossier de contrôle n'est pas encore repris : réglez le contrôle de la clause "
                     "(PutControlPlan), puis donnez la liste de nouveau.");
                return true;
        }
        const Contracts__OpenCase *command = case_command(j);
        if (is_known_case(j, command))
                return true;
        if (!may_take_over(j, owed, &refusal) || !may_open(j, command, &opened, &refusal)) {
                running_refuse(&j->row, "OpenCase", &refusal);
                return false;
        }
        owed->cases = pb_append(owed->cases, &owed->case_count, sizeof(opened), work_of(j)->arena);
        owed->cases[owed->case_count - 1] = opened;
        j->creates = true;
        return true;
}

/* ---- verdicts */

static void take_warnings(struct judging *j)
{
        const struct running_obligation *owed = j->place.obligation;
        for (size_t i = j->warnings; owed != NULL && owed->is_taking && i < owed->taking.warning_count; i++)
                warn(j, RUNNING_HOURS, owed->taking.warnings[i]);
}

static void name_row(const struct judging *j)
{
        const struct running_row *row = &j->row;
        struct arena *arena = work_of(j)->arena;
        char *title = arena_printf(arena, "n° %s", row->number);
        if (row->lot != 0)
                title = arena_printf(arena, "%s, lot %u", title, row->lot);
        if (row->hours_count == 1)
                title = arena_printf(arena, "%s, %s : %s", title,
                                     french_month(arena, month_of(row->hours[0].told->month)),
                                     french_hours(arena, hours_of(row->hours[0].told->hours)));
        j->line->judged.title = title;
        if (j->line->contract != NULL && j->line->contract->opened == NULL)
                j->line->judged.id = id_to(arena, j->line->contract->id);
}

static Types__RowOutcome outcome_of(struct judging *j)
{
        if (j->row.cells.error_count > 0 || !running_place_contract(&j->list->model, &j->row, &j->place) ||
            !running_place_owed(&j->list->model, &j->row, &j->place) || !take_hours(j) || !take_case(j))
                return TYPES__ROW_OUTCOME__ROW_REJECTED;
        struct running_place *place = &j->place;
        if ((place->is_new_contract && place->contract->opened != NULL) || place->put != NULL ||
            place->is_new_obligation || j->creates)
                return TYPES__ROW_OUTCOME__ROW_CREATED;
        return j->updates ? TYPES__ROW_OUTCOME__ROW_UPDATED : TYPES__ROW_OUTCOME__ROW_UNCHANGED;
}

static void take_row(struct judging *j)
{
        struct running_obligation *owed = j->place.obligation;
        running_keep(&j->list->model, j->line->row, &j->place);
        j->line->contract = j->place.contract;
        j->place.contract->lines += j->row.hours_count;
        take_warnings(j);
        if (owed == NULL || j->row.hours_count == 0)
                return;
        owed->last = &j->line->judged;
        owed->hours_column = j->row.hours[j->row.hours_count - 1].column;
}

static void judge_row(struct running_list *list, size_t at)
{
        struct running_line *line = &list->lines[at];
        struct judging j = {
                .list = list, .line = line, .row = running_read(&list->reading, line->row, list->intake.work->arena)};
        bool is_chosen = line->is_above || intake_is_chosen(&list->intake, at - list->above_count);
        line->judged.outcome = TYPES__ROW_OUTCOME__ROW_EMPTY;
        if (j.row.is_empty)
                return;
        line->judged.outcome = is_chosen ? outcome_of(&j) : TYPES__ROW_OUTCOME__ROW_REJECTED;
        if (line->judged.outcome == TYPES__ROW_OUTCOME__ROW_REJECTED)
                running_miss(&list->model, &j.row, line->row->number, is_chosen);
        else
                take_row(&j);
        name_row(&j);
        line->judged.errors = j.row.cells.errors;
        line->judged.error_count = j.row.cells.error_count;
}

/* ---- the whole list */

/* What is wrong with all hours of an obligation together is told at its last row. */
static void end_taking(struct running_list *list, struct running_obligation *owed)
{
        struct arena *arena = list->intake.work->arena;
        size_t before = owed->taking.warning_count;
        taking_over_end(&owed->taking);
        for (size_t i = before; owed->last != NULL && i < owed->taking.warning_count; i++) {
                struct judged *judged = owed->last;
                judged->warnings =
                        pb_append(judged->warnings, &judged->warning_count, sizeof(*judged->warnings), arena);
                judged->warnings[judged->warning_count - 1] =
                        row_error(list->intake.columns.header[owed->hours_column], "", owed->taking.warnings[i], arena);
        }
}

static void end_contract(struct running_list *list, const struct running_contract *contract)
{
        for (size_t i = 0; i < contract->clause_count; i++)
                for (size_t k = 0; k < contract->clauses[i]->count; k++)
                        if (contract->clauses[i]->owed[k]->is_taking)
                                end_taking(list, contract->clauses[i]->owed[k]);
}

bool running_list_judge(struct work *work, const struct running_question *question, struct running_list *ret,
                        struct refusal *ret_refusal)
{
        if (!open_list(work, question, ret, ret_refusal))
                return false;
        const Types__SentList *sent = ret->intake.sent;
        ret->above_count = question->above_count;
        ret->line_count = question->above_count + sent->n_rows;
        ret->lines = arena_zalloc(work->arena, (ret->line_count + 1) * sizeof(*ret->lines));
        for (size_t i = 0; i < ret->line_count; i++) {
                bool is_above = i < ret->above_count;
                ret->lines[i].is_above = is_above;
                ret->lines[i].row = is_above ? question->above[i] : sent->rows[i - ret->above_count];
                judge_row(ret, i);
        }
        for (size_t i = 0; i < ret->model.contract_count; i++)
                end_contract(ret, ret->model.contracts[i]);
        for (size_t i = ret->above_count; i < ret->line_count; i++)
                ret->lines[i].is_taken = intake_judge(&ret->intake, i - ret->above_count, &ret->lines[i].judged);
        return true;
}
