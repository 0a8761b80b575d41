#include "tests/sim/history.h"

#include <string.h>

#include "common/base/require.h"
#include "tests/sim/sim.h"
#include "tracking/commands.pb-c.h"

enum {
        STARTS_ON = 20454, /* 2026-01-01 */
        FIRST_MONTH = 672,
        MOST = 15000,
        MOST_OF_THREE_DAYS = 2000,
        CENTS_LEAST = 100000,
        CENTS_MORE = 400000,
        WEEK = 3500, /* hours in hundredths, by the contract */
        OTHER_WEEK = 3600,
        LATE_DAYS = 16,
        AMENDED_WITHIN = 20, /* days */
        DECLARED_LEAST = 2000,
        DECLARED_MORE = 18000,
};

static char *text(const char *literal)
{
        return (char *)(uintptr_t)literal;
}

static const struct stage *now_of(const struct journey *journey)
{
        return &journey->stages[journey->stage];
}

static Types__Id *placement_of(const struct journey *journey, struct arena *arena)
{
        return id_to(arena, journey->placement_ids[now_of(journey)->which]);
}

static Types__Month *month_asked(const struct journey *journey, struct arena *arena)
{
        return month_to(arena, month_of_number(FIRST_MONTH + now_of(journey)->month));
}

static Types__Hours *hours_asked(const struct journey *journey, struct arena *arena)
{
        return hours_to(arena, hours_of_hundredths(now_of(journey)->hundredths));
}

/* On which it really happened, of what is entered later: a day of the month itself. NULL: today. */
static Types__Day *day_told(const struct journey *journey, struct arena *arena)
{
        const struct stage *stage = now_of(journey);
        struct day first = month_first_day(month_of_number(FIRST_MONTH + stage->month));
        return stage->days_late == 0 ? NULL : day_to(arena, day_of_number(day_number(first) + stage->days_late));
}

/* ---- requests: what they say stands in the stage */

static const ProtobufCMessage *make_hours(const struct journey *journey, struct arena *arena)
{
        Tracking__SubmitHours *command = pb_new(&tracking__submit_hours__descriptor, arena);
        command->placement_id = placement_of(journey, arena);
        command->month = month_asked(journey, arena);
        command->hours = hours_asked(journey, arena);
        command->stated_on = day_told(journey, arena);
        return &command->base;
}

static const ProtobufCMessage *make_copy(const struct journey *journey, struct arena *arena)
{
        Tracking__CopyHours *command = pb_new(&tracking__copy_hours__descriptor, arena);
        command->placement_id = placement_of(journey, arena);
        command->month = month_asked(journey, arena);
        return &command->base;
}

static const ProtobufCMessage *make_return(const struct journey *journey, struct arena *arena)
{
        Tracking__ReturnHours *command = pb_new(&tracking__return_hours__descriptor, arena);
        command->placement_id = placement_of(journey, arena);
        command->month = month_asked(journey, arena);
        command->return_code = text("FIGURE");
        command->returned_on = day_told(journey, arena);
        return &command->base;
}

static const ProtobufCMessage *make_validation(const struct journey *journey, struct arena *arena)
{
        Tracking__ValidateHours *command = pb_new(&tracking__validate_hours__descriptor, arena);
        command->placement_id = placement_of(journey, arena);
        command->month = month_asked(journey, arena);
        if (!now_of(journey)->as_stated)
                command->hours = hours_asked(journey, arena);
        command->reason = text("conforme au bulletin de paie");
        command->validated_on = day_told(journey, arena);
        return &command->base;
}

static const ProtobufCMessage *make_month_validation(const struct journey *journey, struct arena *arena)
{
        Tracking__ValidateMonth *command = pb_new(&tracking__validate_month__descriptor, arena);
        Tracking__MonthDecision *decision = pb_new(&tracking__month_decision__descriptor, arena);
        command->territory = text(journey->in_second_territory ? "09" : "31");
        command->month = month_asked(journey, arena);
        command->decisions = arena_alloc(arena, sizeof(*command->decisions));
        command->decisions[command->n_decisions++] = decision;
        decision->placement_id = placement_of(journey, arena);
        if (!now_of(journey)->as_stated)
                decision->hours = hours_asked(journey, arena);
        decision->reason = text("conforme au bulletin de paie");
        decision->version = UINT64_MAX; /* whatever stands there */
        return &command->base;
}

static const ProtobufCMessage *make_import(const struct journey *journey, struct arena *arena)
{
        static char *header[] = {(char *)"parcours", (char *)"mois", (char *)"heures"};
        Tracking__ImportHours *command = pb_new(&tracking__import_hours__descriptor, arena);
        Types__ListRow *row = pb_new(&types__list_row__descriptor, arena);
        char **cells = arena_alloc(arena, 3 * sizeof(*cells));
        char id[ID_TEXT_SIZE];
        const struct stage *stage = now_of(journey);
        id_format(journey->placement_ids[stage->which], id);
        row->number = 2;
        row->cells = cells;
        row->cells[row->n_cells++] = arena_text(arena, id);
        row->cells[row->n_cells++] = arena_printf(arena, "%02d/2026", stage->month + 1);
        row->cells[row->n_cells++] =
                arena_printf(arena, "%d,%02d", (int)(stage->hundredths / 100), (int)(stage->hundredths % 100));
        command->territory = text(journey->in_second_territory ? "09" : "31");
        command->sender = id_to(arena, id_derived(0, slice_of_text("jardins du midi")));
        command->list = pb_new(&types__sent_list__descriptor, arena);
        command->list->header = header;
        command->list->n_header = ARRAY_SIZE(header);
        command->list->rows = arena_alloc(arena, sizeof(*command->list->rows));
        command->list->rows[command->list->n_rows++] = row;
        command->list->go_on = command->list->is_last = true;
        return &command->base;
}

static void take_import(struct journey *journey, const void *reply)
{
        const Tracking__ImportHoursReply *imported = reply;
        require(imported->report->created == 1 && imported->report->batch_id != NULL);
        journey->batch_id = id_of(imported->report->batch_id);
}

static const ProtobufCMessage *make_undo(const struct journey *journey, struct arena *arena)
{
        Tracking__UndoHoursImport *command = pb_new(&tracking__undo_hours_import__descriptor, arena);
        command->batch_id = id_to(arena, journey->batch_id);
        command->reason = text("mauvais fichier");
        return &command->base;
}

static void take_undo(struct journey *journey, const void *reply)
{
        (void)journey;
        require(((const Tracking__UndoHoursImportReply *)reply)->report->taken_back == 1);
}

static void take_month(struct journey *journey, const void *reply)
{
        (void)journey;
        require(((const Tracking__ValidateMonthReply *)reply)->validated == 1);
}

/* stage->hundredths: the day. */
static Types__Day *end_asked(const struct journey *journey, struct arena *arena)
{
        return day_to(arena, day_of_number((int32_t)now_of(journey)->hundredths));
}

static const ProtobufCMessage *make_end(const struct journey *journey, struct arena *arena)
{
        Tracking__EndPlacement *command = pb_new(&tracking__end_placement__descriptor, arena);
        command->placement_id = placement_of(journey, arena);
        command->ended_on = end_asked(journey, arena);
        command->outcome = TRACKING__OUTCOME__DURABLE_JOB;
        return &command->base;
}

static const ProtobufCMessage *make_end_correction(const struct journey *journey, struct arena *arena)
{
        Tracking__CorrectEnd *command = pb_new(&tracking__correct_end__descriptor, arena);
        command->placement_id = placement_of(journey, arena);
        command->ended_on = end_asked(journey, arena);
        command->outcome = TRACKING__OUTCOME__TRANSITION_JOB;
        command->correction = text("l'employeur s'était trompé de jour");
        return &command->base;
}

static const ProtobufCMessage *make_reopening(const struct journey *journey, struct arena *arena)
{
        Tracking__ReopenPlacement *command = pb_new(&tracking__reopen_placement__descriptor, arena);
        command->placement_id = placement_of(journey, arena);
        command->correction = text("elle travaille toujours");
        return &command->base;
}

/* stage->hundredths: the weekly hours; stage->more: an amendment's first day, a correction's last one; 0: none. */
static const ProtobufCMessage *make_terms(const struct journey *journey, struct arena *arena)
{
        const struct stage *stage = now_of(journey);
        Tracking__CorrectPlacement *command = pb_new(&tracking__correct_placement__descriptor, arena);
        command->placement_id = placement_of(journey, arena);
        command->correction_code = text("PAPER");
        command->starts_on = day_to(arena, day_of_number(STARTS_ON));
        command->ends_on = stage->more == 0 ? NULL : day_to(arena, day_of_number((int32_t)stage->more));
        command->weekly_hours = hours_asked(journey, arena);
        command->rome_code = text("A1203");
        command->work_contract = text("CDD");
        return &command->base;
}

static const ProtobufCMessage *make_amendment(const struct journey *journey, struct arena *arena)
{
        Tracking__AmendPlacement *command = pb_new(&tracking__amend_placement__descriptor, arena);
        command->placement_id = placement_of(journey, arena);
        command->amendment_code = text("HOURS");
        command->changed_on = day_to(arena, day_of_number((int32_t)now_of(journey)->more));
        command->weekly_hours = hours_asked(journey, arena);
        command->rome_code = text("A1203");
        command->work_contract = text("CDD");
        return &command->base;
}

/* stage->hundredths: of the first placement, stage->more: of the second. */
static const ProtobufCMessage *make_split(const struct journey *journey, struct arena *arena)
{
        enum { SHARE = 1000000 };
        const struct stage *stage = now_of(journey);
        const int64_t figures[PLACEMENTS] = {stage->hundredths, stage->more}, total = stage->hundredths + stage->more;
        Tracking__SplitHours *command = pb_new(&tracking__split_hours__descriptor, arena);
        command->territory = text(journey->in_second_territory ? "09" : "31");
        command->month = month_asked(journey, arena);
        command->hours = hours_to(arena, hours_of_hundredths(total));
        command->reason = text("les deux chantiers, par le relevé signé");
        command->parts = arena_alloc(arena, PLACEMENTS * sizeof(*command->parts));
        for (int i = 0; i < PLACEMENTS; i++) {
                Tracking__HoursPart *part = pb_new(&tracking__hours_part__descriptor, arena);
                part->placement_id = id_to(arena, journey->placement_ids[i]);
                if (stage->by_share)
                        part->share = share_to(arena, share_of_millionths((uint32_t)(figures[i] * SHARE / total)));
                else
                        part->hours = hours_to(arena, hours_of_hundredths(figures[i]));
                command->parts[command->n_parts++] = part;
        }
        return &command->base;
}

static const ProtobufCMessage *make_restriction(const struct journey *journey, struct arena *arena)
{
        Tracking__RestrictPerson *command = pb_new(&tracking__restrict_person__descriptor, arena);
        command->beneficiary_id = id_to(arena, journey->beneficiary_id);
        command->restriction_code = text("ACCURACY_CONTESTED");
        return &command->base;
}

static const ProtobufCMessage *make_lifting(const struct journey *journey, struct arena *arena)
{
        Tracking__LiftRestriction *command = pb_new(&tracking__lift_restriction__descriptor, arena);
        command->beneficiary_id = id_to(arena, journey->beneficiary_id);
        command->lifting_code = text("VERIFIED");
        return &command->base;
}

static const ProtobufCMessage *make_erasure(const struct journey *journey, struct arena *arena)
{
        Tracking__ErasePerson *command = pb_new(&tracking__erase_person__descriptor, arena);
        command->beneficiary_id = id_to(arena, journey->beneficiary_id);
        command->erasure_code = text("PERSON_ASKED");
        return &command->base;
}

/* ---- the plan: a step is added where it would be granted, and the model moves with it */

struct planning {
        struct sim *sim;
        struct journey *journey;
        struct model *model; /* of the placement that is at it */
        int which, month;
};

static void add(const struct planning *p, struct stage stage)
{
        struct journey *journey = p->journey;
        require(journey->planned < STEP_COUNT_MAX - 1);
        stage.which = p->which;
        stage.month = p->month;
        if (sim_draw(p->sim, 2) == 0)
                stage.days_late = 1 + (int)sim_draw(p->sim, LATE_DAYS);
        journey->plan[journey->planned++] = stage;
        journey->plan[journey->planned] = (struct stage){.method = NULL};
}

static bool goes_on(const struct model *model)
{
        return model->last_month == HISTORY_MONTHS;
}

static int64_t most(const struct model *model, int month)
{
        int64_t by_days = model->ended_early && month == model->last_month ? MOST_OF_THREE_DAYS : MOST;
        return model->part[month] != NOTHING_STATED && model->part[month] < by_days ? model->part[month] : by_days;
}

/* Another figure than stands: the same vouched for again would be no event. Of a month that may hold some. */
static int64_t figure(const struct planning *p)
{
        int64_t drawn = (int64_t)sim_draw(p->sim, (uint64_t)most(p->model, p->month)) + 1;
        return drawn != p->model->validated[p->month] ? drawn : drawn - 1;
}

static bool is_open(const struct planning *p)
{
        return p->month <= p->model->last_month && p->model->validated[p->month] == NOTHING_STATED &&
               most(p->model, p->month) > 0;
}

static void plan_statement(const struct planning *p)
{
        struct model *model = p->model;
        const int month = p->month;
        if (!is_open(p))
                return;
        int64_t hundredths = figure(p);
        bool may_import = model->stated[month] == NOTHING_STATED && !p->sim->moves;
        if (may_import && sim_draw(p->sim, 3) == 0) {
                add(p, (struct stage){"tracking.ImportHours", make_import, take_import, .hundredths = hundredths});
                if (sim_draw(p->sim, 2) == 0) {
                        add(p, (struct stage){"tracking.UndoHoursImport", make_undo, take_undo});
                        return;
                }
        } else if (month > 0 && model->stated[month - 1] != NOTHING_STATED &&
                   model->stated[month - 1] <= most(model, month) && sim_draw(p->sim, 3) == 0) {
                hundredths = model->stated[month - 1];
                add(p, (struct stage){"tracking.CopyHours", make_copy});
        } else {
                add(p, (struct stage){"tracking.SubmitHours", make_hours, .hundredths = hundredths});
        }
        model->stated[month] = hundredths;
        model->returned[month] = false;
}

static void plan_return(const struct planning *p)
{
        struct model *model = p->model;
        if (!is_open(p) || model->stated[p->month] == NOTHING_STATED || model->returned[p->month])
                return;
        add(p, (struct stage){"tracking.ReturnHours", make_return});
        model->returned[p->month] = true;
}

static void plan_validation(const struct planning *p)
{
        struct model *model = p->model;
        const int month = p->month;
        if (model->stated[month] == NOTHING_STATED || model->returned[month] || most(model, month) == 0)
                return;
        bool as_stated = sim_draw(p->sim, 4) == 0 && model->stated[month] <= most(model, month) &&
                         model->stated[month] != model->validated[month];
        int64_t hundredths = as_stated ? model->stated[month] : figure(p);
        bool by_list = !p->sim->moves && sim_draw(p->sim, 3) == 0;
        add(p, (struct stage){by_list ? "tracking.ValidateMonth" : "tracking.ValidateHours",
                              by_list ? make_month_validation : make_validation, by_list ? take_month : NULL,
                              .hundredths = hundredths, .as_stated = as_stated});
        model->validated[month] = hundredths;
        model->to_check[month] = false;
}

/* One work contract on two clauses: what was worked is split anew, whatever stands of either. */
static void plan_split(const struct planning *p)
{
        enum { TENTHS = 10 };
        struct model *models = p->journey->models;
        bool by_share = sim_draw(p->sim, 2) == 0;
        int64_t tenths = (int64_t)sim_draw(p->sim, TENTHS + 1), total = 1 + (int64_t)sim_draw(p->sim, MOST / TENTHS);
        if (!p->journey->is_on_two_clauses || p->month >= models[0].last_month || p->month >= models[1].last_month)
                return; /* the last one may hold three days alone */
        total *= TENTHS;
        int64_t parts[PLACEMENTS] = {by_share ? total * tenths / TENTHS : (int64_t)sim_draw(p->sim, (uint64_t)total)};
        parts[1] = total - parts[0];
        add(p, (struct stage){"tracking.SplitHours", make_split, .hundredths = parts[0], .more = parts[1],
                              .by_share = by_share});
        for (int i = 0; i < PLACEMENTS; i++) {
                models[i].part[p->month] = parts[i];
                models[i].returned[p->month] = models[i].to_check[p->month] = false;
                if (models[i].validated[p->month] != NOTHING_STATED)
                        models[i].validated[p->month] = parts[i];
                else
                        models[i].stated[p->month] = parts[i];
        }
}

static int32_t day_of_end(int month, bool early)
{
        struct month next = month_of_number(FIRST_MONTH + month + 1);
        return early ? day_number(month_first_day(month_of_number(FIRST_MONTH + month))) + 2
                     : day_number(month_first_day(next)) - 1;
}

/* Early where its month is vouched for: what the days do not hold is to be checked, and counts until then. */
static void end_in(struct model *model, int month, bool early)
{
        model->last_month = month;
        model->ended_early = early;
        if (early && model->validated[month] > MOST_OF_THREE_DAYS)
                model->to_check[month] = true;
}

/* The month, or the last one behind it of which something is stated. */
static int last_stated(const struct planning *p)
{
        int last = p->month;
        for (int later = p->month; later < HISTORY_MONTHS; later++)
                if (p->model->stated[later] != NOTHING_STATED)
                        last = later;
        return last;
}

static void plan_end(const struct planning *at)
{
        struct planning p = *at;
        struct model *model = p.model;
        if (model->by_terms)
                return;
        if (goes_on(model)) {
                p.month = last_stated(at);
                bool early = model->validated[p.month] != NOTHING_STATED && sim_draw(p.sim, 2) == 0;
                add(&p, (struct stage){"tracking.EndPlacement", make_end, .hundredths = day_of_end(p.month, early)});
                end_in(model, p.month, early);
                return;
        }
        p.month = model->last_month;
        bool early = !model->ended_early && model->validated[p.month] != NOTHING_STATED;
        if (sim_draw(p.sim, 2) == 0) {
                add(&p, (struct stage){"tracking.ReopenPlacement", make_reopening});
                end_in(model, HISTORY_MONTHS, false);
        } else if (early || model->ended_early) {
                add(&p, (struct stage){"tracking.CorrectEnd", make_end_correction,
                                       .hundredths = day_of_end(p.month, early)});
                end_in(model, p.month, early);
        }
}

static int64_t other_week(struct model *model)
{
        return model->weekly_hundredths = model->weekly_hundredths == WEEK ? OTHER_WEEK : WEEK;
}

/* A contract that was entered as open-ended, and had an end; and the other way round. */
static void plan_other_end(const struct planning *at)
{
        struct planning p = *at;
        struct model *model = p.model;
        p.month = last_stated(at);
        if (model->by_terms) {
                add(&p, (struct stage){"tracking.CorrectPlacement", make_terms, .hundredths = other_week(model)});
                end_in(model, HISTORY_MONTHS, false);
                model->by_terms = false;
                return;
        }
        bool early = model->validated[p.month] != NOTHING_STATED && sim_draw(p.sim, 2) == 0;
        int32_t day = day_of_end(p.month, early);
        if (!goes_on(model) || day < model->amended_on)
                return;
        add(&p, (struct stage){"tracking.CorrectPlacement", make_terms, .hundredths = other_week(model), .more = day});
        end_in(model, p.month, early);
        model->by_terms = true;
}

static void plan_terms(const struct planning *p)
{
        struct model *model = p->model;
        if (sim_draw(p->sim, 2) == 0) {
                plan_other_end(p);
                return;
        }
        if (!goes_on(model))
                return;
        if (sim_draw(p->sim, 2) == 0) {
                add(p, (struct stage){"tracking.CorrectPlacement", make_terms, .hundredths = other_week(model)});
                return;
        }
        if (model->amended_on == 0)
                model->amended_on = STARTS_ON;
        model->amended_on += 1 + (int)sim_draw(p->sim, AMENDED_WITHIN);
        add(p, (struct stage){"tracking.AmendPlacement", make_amendment, .hundredths = other_week(model),
                              .more = model->amended_on});
}

static void plan_restriction(const struct planning *p)
{
        add(p, (struct stage){"tracking.RestrictPerson", make_restriction});
        add(p, (struct stage){"tracking.LiftRestriction", make_lifting});
}

/* Nothing of hers waits, and all of it has ended: then she may be erased, and every figure stays. */
static void settle_placement(struct planning p)
{
        struct model *model = p.model;
        p.month = 0;
        if (model->by_terms)
                plan_other_end(&p);
        if (goes_on(model))
                plan_end(&p);
        for (p.month = 0; p.month < HISTORY_MONTHS; p.month++) {
                if (model->returned[p.month])
                        plan_statement(&p);
                if (model->stated[p.month] != NOTHING_STATED &&
                    (model->validated[p.month] == NOTHING_STATED || model->to_check[p.month]))
                        plan_validation(&p);
        }
}

void history_of_person(struct sim *sim, struct journey *journey)
{
        static void (*const kinds[])(const struct planning *p) = {
                plan_statement,  plan_statement, plan_statement, plan_validation, plan_validation,  plan_validation,
                plan_validation, plan_split,     plan_split,     plan_split,      plan_restriction, plan_return,
                plan_end,        plan_terms,     plan_terms,     plan_statement,
        };
        enum { AS_LONG_AS_IT_GOES_WELL = 10 };
        struct planning p = {.sim = sim, .journey = journey};
        const int placements = journey->is_on_two_clauses ? PLACEMENTS : 1;
        for (int i = 0; i < PLACEMENTS; i++) {
                struct model *model = &journey->models[i];
                *model = (struct model){.last_month = HISTORY_MONTHS, .weekly_hundredths = WEEK};
                for (int month = 0; month < HISTORY_MONTHS; month++)
                        model->stated[month] = model->validated[month] = model->part[month] = NOTHING_STATED;
        }
        for (size_t i = 0; i < HISTORY_STEPS; i++) {
                size_t many = i < HISTORY_STEPS / 3 ? AS_LONG_AS_IT_GOES_WELL : ARRAY_SIZE(kinds);
                p.which = (int)sim_draw(sim, (uint64_t)placements);
                p.model = &journey->models[p.which];
                p.month = (int)sim_draw(sim, HISTORY_MONTHS);
                kinds[sim_draw(sim, many)](&p);
        }
        if (sim_draw(sim, 3) != 0)
                return;
        for (p.which = 0; p.which < placements; p.which++) {
                p.model = &journey->models[p.which];
                settle_placement(p);
        }
        add(&p, (struct stage){"tracking.ErasePerson", make_erasure});
}

int64_t history_counts(const struct model *model)
{
        int64_t sum = 0;
        for (int month = 0; month < HISTORY_MONTHS; month++)
                if (model->validated[month] != NOTHING_STATED)
                        sum += model->validated[month];
        return sum;
}

/* ---- invoices; stage->hundredths: the amount in cents; stage->more: the hours that the structure declares; 0: none */

static Types__Day *dated(const struct journey *journey, struct arena *arena)
{
        return day_to(arena, day_of_number(STARTS_ON + 14 + 30 * now_of(journey)->month));
}

static Types__Hours *hours_declared(const struct journey *journey, struct arena *arena)
{
        int64_t hundredths = now_of(journey)->more;
        return hundredths == 0 ? NULL : hours_to(arena, hours_of_hundredths(hundredths));
}

static const ProtobufCMessage *make_invoice(const struct journey *journey, struct arena *arena)
{
        Tracking__RecordInvoice *command = pb_new(&tracking__record_invoice__descriptor, arena);
        command->obligation_id = id_to(arena, journey->contracts[0]->obligation_id);
        command->subcontractor = id_to(arena, journey->organisation_id);
        command->number = arena_printf(arena, "F-%zu", journey->number); /* again after it was cancelled */
        command->dated = dated(journey, arena);
        command->amount = money_to(arena, money_of_cents(now_of(journey)->hundredths));
        command->territory = text("31");
        command->declared_hours = hours_declared(journey, arena);
        return &command->base;
}

static void take_invoice(struct journey *journey, const void *reply)
{
        journey->invoice_id = id_of(((const Tracking__RecordInvoiceReply *)reply)->invoice_id);
}

static const ProtobufCMessage *make_invoice_correction(const struct journey *journey, struct arena *arena)
{
        Tracking__CorrectInvoice *command = pb_new(&tracking__correct_invoice__descriptor, arena);
        command->invoice_id = id_to(arena, journey->invoice_id);
        command->number = arena_printf(arena, "F-%zu", journey->number);
        command->dated = dated(journey, arena);
        command->amount = money_to(arena, money_of_cents(now_of(journey)->hundredths));
        command->declared_hours = hours_declared(journey, arena);
        command->corrected_on = day_to(arena, day_of_number(SIM_NOW_DAYS - 10));
        command->reason = text("le montant était TTC");
        return &command->base;
}

static const ProtobufCMessage *make_cancellation(const struct journey *journey, struct arena *arena)
{
        Tracking__CancelInvoice *command = pb_new(&tracking__cancel_invoice__descriptor, arena);
        command->invoice_id = id_to(arena, journey->invoice_id);
        command->cancelled_on = day_to(arena, day_of_number(SIM_NOW_DAYS - 10));
        command->reason = text("avoir");
        return &command->base;
}

/* 70 % of it is labour, at 30 € an hour. */
static int64_t hundredths_of(int64_t cents)
{
        return cents * 7 / 300;
}

void history_of_invoice(struct sim *sim, struct journey *journey)
{
        enum { CHANGES = 6 };
        struct planning p = {.sim = sim, .journey = journey};
        int64_t cents = 0;
        for (int i = 0; i < CHANGES; i++) {
                p.month = (int)sim_draw(sim, HISTORY_MONTHS);
                if (cents > 0 && sim_draw(sim, 3) == 0) {
                        add(&p, (struct stage){"tracking.CancelInvoice", make_cancellation});
                        cents = journey->converted = 0;
                        continue;
                }
                bool is_new = cents == 0, is_declared = sim_draw(sim, 3) == 0;
                int64_t declared = is_declared ? DECLARED_LEAST + (int64_t)sim_draw(sim, DECLARED_MORE) : 0;
                cents += is_new ? CENTS_LEAST + (int64_t)sim_draw(sim, CENTS_MORE) : 1 + (int64_t)sim_draw(sim, 999);
                add(&p, (struct stage){is_new ? "tracking.RecordInvoice" : "tracking.CorrectInvoice",
                                       is_new ? make_invoice : make_invoice_correction, is_new ? take_invoice : NULL,
                                       .hundredths = cents, .more = declared});
                journey->converted = is_declared ? declared : hundredths_of(cents);
        }
}
