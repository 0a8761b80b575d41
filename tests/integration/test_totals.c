/* A total is the sum of the lines that stand beside it, whoever asks: every message of every answer of the catalogue
 * that has lines and a figure. The table below says of each such figure what it is the sum of, or why it is none; a new
 * one without a row fails. Asked by insiders and outsiders of every role, over stores with private contracts, waived,
 * corrected and transferred hours, in whole lists and in short pages. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/catalogue.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "tests/lib/fill.h"
#include "tests/lib/insiders.h"
#include "tests/lib/rare.h"

enum { PUBLIC_ROUNDS = 600, PRIVATE_ROUNDS = 300, ASKED_TIMES = 48, PAGES = 4, FEW = 60, MOST = 400, TYPES_MAX = 400 };

/* ---- what is compared */

static const char *asked; /* for what fails */
static size_t *counted;   /* of the row that is checked: how often there was something to add up */

static void same(const char *what, int64_t total, int64_t sum)
{
        if (total != sum)
                fail_msg("%s: %s is %lld, its lines make %lld", asked, what, (long long)total, (long long)sum);
        *counted += total != 0;
}

static int64_t h(const Types__Hours *hours)
{
        return hours_hundredths(hours_of(hours));
}

static int64_t cents(const Types__Money *money)
{
        return money_cents(money_of(money));
}

static int64_t above_zero(int64_t number)
{
        return number > 0 ? number : 0;
}

static void check_figures(const Contracts__LedgerFigures *total, Contracts__ObligationView *const *lines, size_t count)
{
        int64_t due = 0, done = 0, converted = 0, transferred = 0, waived = 0, remaining = 0, forecast = 0, surplus = 0;
        for (size_t i = 0; i < count; i++) {
                due += h(lines[i]->due);
                done += h(lines[i]->done);
                converted += h(lines[i]->converted);
                transferred += h(lines[i]->transferred);
                waived += h(lines[i]->waived);
                forecast += h(lines[i]->forecast);
                remaining += above_zero(h(lines[i]->remaining));
                surplus += above_zero(-h(lines[i]->remaining));
        }
        same("total.due", h(total->due), due);
        same("total.done", h(total->done), done);
        same("total.converted", h(total->converted), converted);
        same("total.transferred", h(total->transferred), transferred);
        same("total.waived", h(total->waived), waived);
        same("total.forecast", h(total->forecast), forecast);
        same("total.remaining", h(total->remaining), remaining);
        same("total.surplus", h(total->surplus), surplus);
}

static void check_clause_ledger(const void *message)
{
        const Contracts__ClauseLedgerReply *reply = message;
        check_figures(reply->total, reply->members, reply->n_members);
}

static void check_company_ledger(const void *message)
{
        const Contracts__CompanyLedgerReply *reply = message;
        Contracts__ObligationView **lines = malloc((reply->n_lines + 1) * sizeof(*lines));
        for (size_t i = 0; i < reply->n_lines; i++)
                lines[i] = reply->lines[i]->obligation;
        check_figures(reply->total, lines, reply->n_lines);
        free(lines);
}

static int64_t of_pages_before; /* of this list */

/* The sum stands on the last page. */
static void check_fee(const void *message)
{
        const Contracts__AgreementFeeReply *reply = message;
        for (size_t i = 0; i < reply->n_lines; i++)
                of_pages_before += cents(reply->lines[i]->fee);
        assert_true((reply->uncapped == NULL) == (reply->next.len > 0));
        if (reply->uncapped != NULL)
                same("uncapped", cents(reply->uncapped), of_pages_before);
}

static void check_capped(const void *message)
{
        const Contracts__AgreementFeeReply *reply = message;
        assert_true(cents(reply->fee) <= cents(reply->uncapped));
        *counted += cents(reply->fee) != 0;
}

static uint32_t reasons_of(const Contracts__AssociationLine *line, Contracts__DeclineReason reason)
{
        uint32_t sum = 0;
        for (size_t i = 0; i < line->n_reasons; i++)
                sum += line->reasons[i]->reason == reason ? line->reasons[i]->contracts : 0;
        return sum;
}

static void check_associations(const void *message)
{
        const Contracts__AssociationStatisticsReply *reply = message;
        Contracts__AssociationLine sum = CONTRACTS__ASSOCIATION_LINE__INIT;
        for (size_t i = 0; i < reply->n_buyers; i++) {
                sum.associated += reply->buyers[i]->associated;
                sum.not_associated += reply->buyers[i]->not_associated;
                sum.declined += reply->buyers[i]->declined;
                sum.resumed += reply->buyers[i]->resumed;
        }
        same("total.associated", reply->total->associated, sum.associated);
        same("total.not_associated", reply->total->not_associated, sum.not_associated);
        same("total.declined", reply->total->declined, sum.declined);
        same("total.resumed", reply->total->resumed, sum.resumed);
        for (int reason = 0; reason <= CONTRACTS__DECLINE_REASON__DECLINED_OTHERWISE; reason++) {
                uint32_t lines = 0;
                for (size_t i = 0; i < reply->n_buyers; i++)
                        lines += reasons_of(reply->buyers[i], (Contracts__DeclineReason)reason);
                same("total.reasons", reasons_of(reply->total, (Contracts__DeclineReason)reason), lines);
        }
}

static void check_declined(const void *message)
{
        const Contracts__AssociationLine *line = message;
        uint32_t sum = 0;
        for (size_t i = 0; i < line->n_reasons; i++)
                sum += line->reasons[i]->contracts;
        same("declined", line->declined, sum);
}

/* Every figure of a count, by reflection: one that is added to the message is added up here. */
static void check_reserved(const void *message)
{
        const Contracts__ReservedStatisticsReply *reply = message;
        const ProtobufCMessageDescriptor *type = &contracts__reserved_count__descriptor;
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                uint32_t sum = 0;
                if (field->type != PROTOBUF_C_TYPE_UINT32)
                        continue;
                for (size_t n = 0; n < reply->n_buyers; n++)
                        sum += *(const uint32_t *)(const void *)((const uint8_t *)reply->buyers[n] + field->offset);
                same(field->name, *(const uint32_t *)(const void *)((const uint8_t *)reply->total + field->offset),
                     sum);
        }
        same("involvements", reply->total->contracts,
             reply->total->not_told + reply->total->not_involved + reply->total->sourcing + reply->total->follow_up);
}

static void check_clauses_hours(const void *message)
{
        const Contracts__ContractView *view = message;
        int64_t sum = 0;
        for (size_t i = 0; i < view->n_clauses; i++)
                sum += h(view->clauses[i]->hours);
        same("clauses_hours", h(view->clauses_hours), sum);
}

static size_t questions_in(const Contracts__ConsultationView *view, bool published)
{
        size_t count = 0;
        for (size_t i = 0; i < view->n_questions; i++) {
                Contracts__QuestionState state = view->questions[i]->state;
                bool is_published = state == CONTRACTS__QUESTION_STATE__ANSWER_PUBLISHED;
                count += published ? is_published
                                   : !is_published && state != CONTRACTS__QUESTION_STATE__QUESTION_SET_ASIDE;
        }
        return count;
}

static void check_questions(const void *message)
{
        const Contracts__ConsultationView *view = message;
        if (view->n_questions == 0) /* in the facts of a contract there are none */
                return;
        same("pending", view->pending, (int64_t)questions_in(view, false));
        same("published", view->published, (int64_t)questions_in(view, true));
}

static void check_case_penalties(const void *message)
{
        const Contracts__FinalStatementLine *line = message;
        int64_t sum = 0;
        for (size_t i = 0; i < line->n_cases; i++) {
                const Contracts__BuyerDecision *decision = line->cases[i]->decision;
                if (decision != NULL)
                        sum += cents(decision->amount);
        }
        same("penalties", cents(line->penalties), sum);
}

static void check_penalties(const void *message)
{
        const Contracts__FinalStatementReply *reply = message;
        int64_t sum = 0;
        for (size_t i = 0; i < reply->n_lines; i++)
                sum += cents(reply->lines[i]->penalties);
        same("penalties", cents(reply->penalties), sum);
}

/* What entries move into an account less what they take from it. */
static int64_t balance(const Contracts__ObligationView *view, Contracts__Account account)
{
        int64_t sum = 0;
        for (size_t i = 0; i < view->n_entries; i++) {
                sum += view->entries[i]->to == account ? h(view->entries[i]->hours) : 0;
                sum -= view->entries[i]->from == account ? h(view->entries[i]->hours) : 0;
        }
        return sum;
}

static void check_entries(const void *message)
{
        const Contracts__ObligationView *view = message;
        if (view->n_entries == 0) /* only ObligationById tells them */
                return;
        same("due", h(view->due), -balance(view, CONTRACTS__ACCOUNT__CLAUSE));
        same("done", h(view->done), balance(view, CONTRACTS__ACCOUNT__DONE));
        same("converted", h(view->converted), balance(view, CONTRACTS__ACCOUNT__CONVERTED));
        same("transferred", h(view->transferred), balance(view, CONTRACTS__ACCOUNT__TRANSFERRED));
        same("waived", h(view->waived), balance(view, CONTRACTS__ACCOUNT__WAIVED));
        same("forecast", h(view->forecast), balance(view, CONTRACTS__ACCOUNT__FORECAST));
        same("remaining", h(view->remaining), balance(view, CONTRACTS__ACCOUNT__DUE));
}

static int64_t orders_of(const Contracts__ObligationView *view, bool invoices)
{
        int64_t sum = 0;
        for (size_t i = 0; i < view->n_orders; i++)
                if ((view->orders[i]->kind == CONTRACTS__ORDER_KIND__CONTRACT_INVOICE) == invoices)
                        sum += cents(view->orders[i]->amount);
        return sum;
}

static void check_orders(const void *message)
{
        const Contracts__ObligationView *view = message;
        if (view->n_orders == 0)
                return;
        same("ordered", cents(view->ordered), orders_of(view, false));
        same("invoiced", cents(view->invoiced), orders_of(view, true));
}

static void check_rows(const void *message)
{
        const Types__ListReport *reply = message;
        uint32_t rows[TYPES__ROW_OUTCOME__ROW_NOT_CHOSEN + 1] = {0};
        for (size_t i = 0; i < reply->n_rows; i++)
                rows[reply->rows[i]->outcome]++;
        same("created", reply->created, rows[TYPES__ROW_OUTCOME__ROW_CREATED]);
        same("updated", reply->updated, rows[TYPES__ROW_OUTCOME__ROW_UPDATED]);
        same("unchanged", reply->unchanged, rows[TYPES__ROW_OUTCOME__ROW_UNCHANGED]);
        same("doubtful", reply->doubtful, rows[TYPES__ROW_OUTCOME__ROW_DOUBTFUL]);
        same("rejected", reply->rejected, rows[TYPES__ROW_OUTCOME__ROW_REJECTED]);
        same("empty", reply->empty, rows[TYPES__ROW_OUTCOME__ROW_EMPTY]);
        same("not chosen", reply->not_chosen, rows[TYPES__ROW_OUTCOME__ROW_NOT_CHOSEN]);
}

static void check_modalities(Reporting__ModalityFigures *const *lines, size_t count, int64_t done, uint32_t placements)
{
        int64_t hours = 0, number = 0;
        for (size_t i = 0; i < count; i++) {
                hours += h(lines[i]->hours);
                number += lines[i]->placements;
        }
        same("done", done, hours);
        same("placements", placements, number);
}

static void check_statement(const void *message)
{
        const Reporting__ContractStatementReply *reply = message;
        check_modalities(reply->by_modality, reply->n_by_modality, h(reply->done), reply->placements);
}

static void check_consolidation(const void *message)
{
        const Reporting__ConsolidationReply *reply = message;
        int64_t months = 0, territories = 0, persons = 0, worked = h(reply->done) + h(reply->converted);
        check_modalities(reply->by_modality, reply->n_by_modality, h(reply->done), reply->placements);
        for (size_t i = 0; i < reply->n_by_month; i++)
                months += h(reply->by_month[i]->hours) + h(reply->by_month[i]->converted);
        for (size_t i = 0; i < reply->n_by_territory; i++) {
                territories += h(reply->by_territory[i]->hours);
                persons += reply->by_territory[i]->persons;
        }
        same("done and converted, by month", worked, months);
        same("done and converted, by territory", worked, territories);
        same("persons, by territory", reply->persons, persons);
}

/* ---- the table: message, figure, what compares it; or why it is not the sum of any lines */

struct figure {
        const char *message, *field;
        void (*check)(const void *message);
        const char *why;
        size_t counted;
};

#define NO_SUM(MESSAGE, FIELD, WHY)                                                                                    \
        {                                                                                                              \
                MESSAGE, FIELD, NULL, WHY, 0                                                                           \
        }
#define OF_ALL     "of all that are reckoned with; the lines tell them in another measure"
#define OF_THING   "a property of the thing itself"
#define OF_LINES   "compared with the row above"
#define IN_THE_LOG "a position of the log"

static struct figure figures[] = {
        {"contracts.AgreementFeeReply", "uncapped", check_fee, NULL, 0},
        {"contracts.AgreementFeeReply", "fee", check_capped, NULL, 0},
        NO_SUM("contracts.AgreementFeeReply", "days", OF_THING),
        NO_SUM("contracts.AgreementView", "tacit_renewals", OF_THING),
        NO_SUM("contracts.AgreementView", "version", IN_THE_LOG),
        NO_SUM("contracts.AgreementsReply", "within_days", OF_THING),
        NO_SUM("contracts.AppraisalView", "lot", OF_THING),
        NO_SUM("contracts.AppraisalView", "scale", OF_THING),
        NO_SUM("contracts.AppraisalView", "version", IN_THE_LOG),
        {"contracts.AssociationLine", "declined", check_declined, NULL, 0},
        NO_SUM("contracts.AssociationLine", "associated", OF_ALL),
        NO_SUM("contracts.AssociationLine", "not_associated", OF_ALL),
        NO_SUM("contracts.AssociationLine", "resumed", OF_ALL),
        {"contracts.AssociationStatisticsReply", "total", check_associations, NULL, 0},
        NO_SUM("contracts.CalibrateReply", "hours", OF_ALL),
        NO_SUM("contracts.CalibrateReply", "exact", OF_ALL),
        NO_SUM("contracts.CalibrateReply", "weeks_35h", OF_ALL),
        NO_SUM("contracts.CalibrateReply", "full_time_equivalent", OF_ALL),
        NO_SUM("contracts.CalibrateReply", "persons", OF_ALL),
        NO_SUM("contracts.Calibration", "amount", OF_THING),
        NO_SUM("contracts.Calibration", "hourly_cost", OF_THING),
        NO_SUM("contracts.Calibration", "amount_per_hour", OF_THING),
        NO_SUM("contracts.Calibration", "trigger", OF_THING),
        NO_SUM("contracts.Calibration", "chosen_hours", OF_THING),
        NO_SUM("contracts.Calibration", "total_hours", OF_THING),
        NO_SUM("contracts.Calibration", "duration_months", OF_THING),
        NO_SUM("contracts.CalibrationOption", "difference", OF_THING),
        {"contracts.ClauseLedgerReply", "total", check_clause_ledger, NULL, 0},
        NO_SUM("contracts.ClauseLedgerReply", "lot", OF_THING),
        NO_SUM("contracts.ClauseLedgerReply", "clause_hours", "what the clause demands, before anybody owes it"),
        NO_SUM("contracts.ClauseView", "lot", OF_THING),
        NO_SUM("contracts.ClauseView", "hours", "what the clause demands, before anybody owes it"),
        NO_SUM("contracts.ClauseView", "weeks_35h", OF_THING),
        NO_SUM("contracts.ClauseView", "full_time_equivalent", OF_THING),
        NO_SUM("contracts.ClauseView", "version", IN_THE_LOG),
        {"contracts.CompanyLedgerReply", "total", check_company_ledger, NULL, 0},
        {"contracts.ConsultationView", "pending", check_questions, NULL, 0},
        NO_SUM("contracts.ConsultationView", "published", OF_LINES),
        NO_SUM("contracts.ContractRecord", "duration_months", OF_THING),
        NO_SUM("contracts.ContractRecord", "amount", OF_THING),
        NO_SUM("contracts.ContractRecord", "offers_received", OF_THING),
        NO_SUM("contracts.ContractRecord", "public_subsidy", OF_THING),
        {"contracts.ContractView", "clauses_hours", check_clauses_hours, NULL, 0},
        NO_SUM("contracts.ContractView", "current_amount", OF_THING),
        NO_SUM("contracts.ContractView", "current_duration_months", OF_THING),
        NO_SUM("contracts.ContractView", "version", IN_THE_LOG),
        {"contracts.FinalStatementLine", "penalties", check_case_penalties, NULL, 0},
        {"contracts.FinalStatementReply", "penalties", check_penalties, NULL, 0},
        NO_SUM("contracts.LeverFit", "score", OF_THING),
        NO_SUM("contracts.LineAssessment", "hours", OF_THING),
        NO_SUM("contracts.LineAssessment", "suppliers", OF_THING),
        NO_SUM("contracts.Modification", "number", OF_THING),
        NO_SUM("contracts.Modification", "amount", OF_THING),
        NO_SUM("contracts.Modification", "duration_months", OF_THING),
        NO_SUM("contracts.ObligationCheck", "threshold", OF_THING),
        {"contracts.ObligationView", "done", check_entries, NULL, 0},
        {"contracts.ObligationView", "ordered", check_orders, NULL, 0},
        NO_SUM("contracts.ObligationView", "due", OF_LINES),
        NO_SUM("contracts.ObligationView", "converted", OF_LINES),
        NO_SUM("contracts.ObligationView", "remaining", OF_LINES),
        NO_SUM("contracts.ObligationView", "transferred", OF_LINES),
        NO_SUM("contracts.ObligationView", "waived", OF_LINES),
        NO_SUM("contracts.ObligationView", "forecast", OF_LINES),
        NO_SUM("contracts.ObligationView", "invoiced", OF_LINES),
        NO_SUM("contracts.ObligationView", "lot", OF_THING),
        NO_SUM("contracts.ObligationView", "forecast_to_date", "of orders by the days that have passed"),
        NO_SUM("contracts.ObligationView", "version", IN_THE_LOG),
        NO_SUM("contracts.Offer", "hours", "what was offered; members have shares of it"),
        NO_SUM("contracts.Offer", "extra_hours", OF_THING),
        NO_SUM("contracts.Offer", "training_hours", OF_THING),
        NO_SUM("contracts.OfferView", "number", OF_THING),
        NO_SUM("contracts.OfferView", "readers_done", "of both readers; whose marks are shown depends on who asks"),
        NO_SUM("contracts.OfferView", "result", "weighted, of agreed marks"),
        {"contracts.ReservedStatisticsReply", "total", check_reserved, NULL, 0},
        NO_SUM("contracts.StatementLine", "days_late", OF_THING),
        NO_SUM("contracts.TransferView", "hours", OF_THING),
        NO_SUM("contracts.TransferView", "refusal", "a decision like those beside it"),
        NO_SUM("contracts.UnfollowedContract", "amount", OF_THING),
        {"reporting.ConsolidationReply", "done", check_consolidation, NULL, 0},
        NO_SUM("reporting.ConsolidationReply", "converted", OF_LINES),
        NO_SUM("reporting.ConsolidationReply", "persons", OF_LINES),
        NO_SUM("reporting.ConsolidationReply", "placements", OF_LINES),
        NO_SUM("reporting.ConsolidationReply", "contracts", "a contract of two considerations counts in both"),
        NO_SUM("reporting.ConsolidationReply", "contracts_with_clause", OF_ALL),
        NO_SUM("reporting.ConsolidationReply", "obligations", OF_ALL),
        NO_SUM("reporting.ConsolidationReply", "due", OF_ALL),
        NO_SUM("reporting.ConsolidationReply", "remaining", OF_ALL),
        NO_SUM("reporting.ConsolidationReply", "surplus", OF_ALL),
        NO_SUM("reporting.ConsolidationReply", "waived", OF_ALL),
        NO_SUM("reporting.ConsolidationReply", "full_time_equivalents", OF_ALL),
        NO_SUM("reporting.ConsolidationReply", "organisations", OF_ALL),
        NO_SUM("reporting.ConsolidationReply", "needs", OF_ALL),
        NO_SUM("reporting.ConsolidationReply", "positions_wanted", OF_ALL),
        {"reporting.ContractStatementReply", "done", check_statement, NULL, 0},
        NO_SUM("reporting.ContractStatementReply", "placements", OF_LINES),
        NO_SUM("reporting.ContractStatementReply", "due", OF_ALL),
        NO_SUM("reporting.ContractStatementReply", "converted", OF_ALL),
        NO_SUM("reporting.ContractStatementReply", "remaining", OF_ALL),
        NO_SUM("reporting.ContractStatementReply", "transferred", OF_ALL),
        NO_SUM("reporting.ContractStatementReply", "waived", OF_ALL),
        NO_SUM("reporting.ContractStatementReply", "surplus", OF_ALL),
        NO_SUM("reporting.ContractStatementReply", "persons", "who worked in two ways counts in both, and once in all"),
        NO_SUM("reporting.MomentFigures", "not_reached", "those who have no answer, apart from the lines"),
        NO_SUM("reporting.MomentFigures", "not_asked", "those who have no answer, apart from the lines"),
        NO_SUM("runtime.HealthReply", "position", IN_THE_LOG),
        NO_SUM("runtime.HealthReply", "uptime_ms", OF_THING),
        NO_SUM("runtime.HealthReply", "pid", OF_THING),
        NO_SUM("tracking.MonthLine", "before", OF_THING),
        NO_SUM("tracking.MonthLine", "submitted", OF_THING),
        NO_SUM("tracking.MonthLine", "training", OF_THING),
        NO_SUM("tracking.MonthLine", "counted", OF_THING),
        NO_SUM("tracking.MonthLine", "validated", OF_THING),
        NO_SUM("tracking.MonthLine", "version", IN_THE_LOG),
        NO_SUM("tracking.PlacementView", "weekly_hours", OF_THING),
        NO_SUM("tracking.PlacementView", "version", IN_THE_LOG),
        NO_SUM("tracking.ProposalView", "version", IN_THE_LOG),
        NO_SUM("tracking.EligibilityView", "version", IN_THE_LOG),
        NO_SUM("tracking.ContactLine", "version", IN_THE_LOG),
        NO_SUM("tracking.ActionLine", "hours", OF_THING),
        NO_SUM("tracking.ActionLine", "version", IN_THE_LOG),
        {"types.ListReport", "rejected", check_rows, NULL, 0},
        NO_SUM("types.ListReport", "created", OF_LINES),
        NO_SUM("types.ListReport", "updated", OF_LINES),
        NO_SUM("types.ListReport", "unchanged", OF_LINES),
        NO_SUM("types.ListReport", "doubtful", OF_LINES),
        NO_SUM("types.ListReport", "empty", OF_LINES),
        NO_SUM("types.ListReport", "not_chosen", OF_LINES),
};

/* ---- every figure of the catalogue that stands beside lines has its row, and no row is of nothing */

static bool is_lines(const ProtobufCFieldDescriptor *field)
{
        if (field->label != PROTOBUF_C_LABEL_REPEATED || field->type != PROTOBUF_C_TYPE_MESSAGE)
                return false;
        const ProtobufCMessageDescriptor *type = field->descriptor;
        return strcmp(type->package_name, "types") != 0 || type == &types__row_verdict__descriptor;
}

static bool is_quantity(const ProtobufCFieldDescriptor *field)
{
        switch (field->type) {
        case PROTOBUF_C_TYPE_UINT32:
        case PROTOBUF_C_TYPE_INT32:
        case PROTOBUF_C_TYPE_SINT32:
        case PROTOBUF_C_TYPE_UINT64:
        case PROTOBUF_C_TYPE_INT64:
        case PROTOBUF_C_TYPE_SINT64: return true;
        case PROTOBUF_C_TYPE_MESSAGE:
                return field->descriptor == &types__hours__descriptor ||
                       field->descriptor == &types__money__descriptor ||
                       field->descriptor == &types__decimal__descriptor;
        default: return false;
        }
}

/* A message of the type of the lines, or of nothing but quantities. */
static bool is_total(const ProtobufCMessageDescriptor *of, const ProtobufCFieldDescriptor *field)
{
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                return false;
        for (unsigned i = 0; i < of->n_fields; i++)
                if (is_lines(&of->fields[i]) && of->fields[i].descriptor == field->descriptor)
                        return true;
        const ProtobufCMessageDescriptor *type = field->descriptor;
        for (unsigned i = 0; i < type->n_fields; i++)
                if (type->fields[i].label == PROTOBUF_C_LABEL_REPEATED || !is_quantity(&type->fields[i]))
                        return false;
        return strcmp(type->package_name, "types") != 0;
}

static struct figure *figure_of(const ProtobufCMessageDescriptor *type, const char *field)
{
        for (size_t i = 0; i < ARRAY_SIZE(figures); i++)
                if (strcmp(figures[i].message, type->name) == 0 && strcmp(figures[i].field, field) == 0)
                        return &figures[i];
        return NULL;
}

static struct {
        const ProtobufCMessageDescriptor *types[TYPES_MAX];
        size_t count;
        bool is_named[ARRAY_SIZE(figures)];
        size_t missing;
} seen;

static void look_at_type(const ProtobufCMessageDescriptor *type)
{
        bool has_lines = false;
        for (size_t i = 0; i < seen.count; i++)
                if (seen.types[i] == type)
                        return;
        require(seen.count < TYPES_MAX);
        seen.types[seen.count++] = type;
        for (unsigned i = 0; i < type->n_fields; i++) {
                has_lines = has_lines || is_lines(&type->fields[i]);
                if (type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
                        look_at_type(type->fields[i].descriptor);
        }
        for (unsigned i = 0; has_lines && i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                if (field->label == PROTOBUF_C_LABEL_REPEATED || !(is_quantity(field) || is_total(type, field)))
                        continue;
                struct figure *figure = figure_of(type, field->name);
                if (figure != NULL) {
                        seen.is_named[figure - figures] = true;
                        continue;
                }
                (void)fprintf(stderr,
                              "# %s.%s stands beside lines: say in the table of test_totals.c whether it is "
                              "their sum\n",
                              type->name, field->name);
                seen.missing++;
        }
}

static void every_figure_beside_lines_has_its_row(void **state)
{
        (void)state;
        for (size_t i = 0; i < method_count; i++)
                if (!methods[i].is_command)
                        look_at_type(methods[i].descriptor->output);
        assert_int_equal(seen.missing, 0);
        for (size_t i = 0; i < ARRAY_SIZE(figures); i++) {
                if (!seen.is_named[i])
                        fail_msg("%s.%s is no figure of any answer", figures[i].message, figures[i].field);
                assert_true((figures[i].check == NULL) != (figures[i].why == NULL));
        }
}

/* ---- asking */

static void check_message(const ProtobufCMessage *message)
{
        const ProtobufCMessageDescriptor *type = message->descriptor;
        for (size_t i = 0; i < ARRAY_SIZE(figures); i++)
                if (figures[i].check != NULL && strcmp(figures[i].message, type->name) == 0) {
                        counted = &figures[i].counted;
                        figures[i].check(message);
                }
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                const uint8_t *member = (const uint8_t *)message + field->offset;
                size_t count = 1;
                if (field->type != PROTOBUF_C_TYPE_MESSAGE)
                        continue;
                if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
                    *(const uint32_t *)(const void *)((const uint8_t *)message + field->quantifier_offset) != field->id)
                        continue;
                if (field->label == PROTOBUF_C_LABEL_REPEATED) {
                        count = *(const size_t *)(const void *)((const uint8_t *)message + field->quantifier_offset);
                        member = *(const uint8_t *const *)(const void *)member;
                }
                ProtobufCMessage *const *members = (ProtobufCMessage *const *)(const void *)member;
                for (size_t n = 0; n < count; n++)
                        if (members[n] != NULL)
                                check_message(members[n]);
        }
}

static struct slice next_of(const ProtobufCMessage *reply)
{
        const ProtobufCFieldDescriptor *next =
                protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, "next");
        if (next == NULL || next->type != PROTOBUF_C_TYPE_BYTES)
                return slice_of(NULL, 0);
        return pb_slice(*(const ProtobufCBinaryData *)(const void *)((const uint8_t *)reply + next->offset));
}

static Types__Page **page_of(ProtobufCMessage *request)
{
        const ProtobufCFieldDescriptor *page =
                protobuf_c_message_descriptor_get_field_by_name(request->descriptor, "page");
        return page == NULL || page->descriptor != &types__page__descriptor
                       ? NULL
                       : (Types__Page **)(void *)((uint8_t *)request + page->offset);
}

static void ask(const struct any_method *method, const Wire__Passport *actor, ProtobufCMessage *request)
{
        struct arena arena scoped(arena_fini) = {0};
        Types__Page **page = page_of(request);
        asked = arena_printf(&arena, "%s, role %d of %s", method->name, (int)actor->role, actor->territories[0]);
        if (page != NULL)
                *page = pb_new(&types__page__descriptor, &arena);
        of_pages_before = 0;
        for (size_t i = 0; i < PAGES; i++) {
                struct said said = ask_as(method, actor, request, &arena);
                if (!said.granted)
                        return;
                const ProtobufCMessage *reply = pb_decode(method->descriptor->output, said.bytes, &arena);
                check_message(reply);
                struct slice next = next_of(reply);
                if (page == NULL || next.size == 0)
                        return;
                (*page)->after = pb_bytes(next);
        }
}

/* This year, which chance hardly ever says. */
static void set_year(const struct plausible *pool, ProtobufCMessage *request)
{
        const ProtobufCFieldDescriptor *year =
                protobuf_c_message_descriptor_get_field_by_name(request->descriptor, "year");
        if (year != NULL && year->type == PROTOBUF_C_TYPE_UINT32)
                *(uint32_t *)(void *)((uint8_t *)request + year->offset) = (uint32_t)day_civil(pool->today).year;
}

/* A list whose columns are known: what chance writes in the cells is then read, and wrong. */
static void name_columns(ProtobufCMessage *request)
{
        static char *header[] = {(char *)"Intitulé", (char *)"Montant HT"};
        Contracts__PreviewProgrammeRequest *preview = (Contracts__PreviewProgrammeRequest *)request;
        if (request->descriptor != &contracts__preview_programme_request__descriptor || preview->programme == NULL)
                return;
        if (preview->programme->list == NULL)
                return;
        preview->programme->list->header = header;
        preview->programme->list->n_header = ARRAY_SIZE(header);
        preview->programme->list->n_mapping = 0;
}

static ProtobufCMessage *request_of(struct plausible *pool, const struct any_method *method, size_t draw,
                                    struct arena *arena)
{
        if (draw == 0)
                return pb_new(method->descriptor->input, arena);
        pool->whole = draw % 6 == 0;
        ProtobufCMessage *request = plausible_message(pool, method->descriptor->input, arena);
        if (draw % 4 != 0)
                set_year(pool, request);
        name_columns(request);
        return request;
}

static bool acts_for_one(Types__Role role)
{
        return role == TYPES__ROLE__BUYER || role == TYPES__ROLE__COMPANY || role == TYPES__ROLE__STRUCTURE ||
               role == TYPES__ROLE__PRESCRIBER;
}

static const char *const territories[] = {"31", "*", "62"};

/* One of theirs, and everybody else. */
static const Wire__Passport *asker(struct plausible *pool, Types__Role role, size_t draw, struct arena *arena)
{
        struct id organisation = plausible_id(pool, "organisation_id");
        return somebody(role, acts_for_one(role) ? &organisation : NULL, territories[draw % ARRAY_SIZE(territories)],
                        arena);
}

static void ask_everybody(struct plausible *pool, size_t draw)
{
        for (size_t m = 0; m < method_count; m++)
                for (unsigned role = 1; role < ROLES && !methods[m].is_command; role++) {
                        struct arena arena scoped(arena_fini) = {0};
                        if (strncmp(methods[m].name, "runtime.", 8) != 0 && method_lets(&methods[m], role))
                                ask(&methods[m], asker(pool, (Types__Role)role, draw, &arena),
                                    request_of(pool, &methods[m], draw, &arena));
                }
}

/* ---- and of each thing that a question can name, everybody who may ask */

static size_t ids_of(const struct plausible *pool, const char *field_name, const struct id **ret)
{
        for (size_t i = 0; i < pool->thing_count; i++)
                if (strstr(field_name, pool->things[i].thing) != NULL) {
                        *ret = pool->things[i].ids;
                        return pool->things[i].count < PLAUSIBLE_IDS ? pool->things[i].count : PLAUSIBLE_IDS;
                }
        return 0;
}

/* Each of those whom a role may act for, where it acts for one; else in each territory. */
static void ask_as_each(const struct plausible *pool, const struct any_method *method, ProtobufCMessage *request)
{
        const struct id *organisations = NULL;
        size_t count = ids_of(pool, "organisation", &organisations);
        for (unsigned role = 1; role < ROLES; role++) {
                bool for_one = acts_for_one((Types__Role)role);
                size_t askers = for_one ? count : ARRAY_SIZE(territories);
                for (size_t i = 0; i < askers && method_lets(method, role); i++) {
                        struct arena arena scoped(arena_fini) = {0};
                        ask(method,
                            somebody((Types__Role)role, for_one ? &organisations[i] : NULL,
                                     for_one ? "31" : territories[i], &arena),
                            request);
                }
        }
}

static void ask_of_each_thing(const struct plausible *pool, const struct any_method *method)
{
        const ProtobufCMessageDescriptor *type = method->descriptor->input;
        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                const struct id *ids = NULL;
                size_t count = field->descriptor == &types__id__descriptor && field->label != PROTOBUF_C_LABEL_REPEATED
                                       ? ids_of(pool, field->name, &ids)
                                       : 0;
                for (size_t n = 0; n < count; n++) {
                        struct arena arena scoped(arena_fini) = {0};
                        ProtobufCMessage *request = pb_new(type, &arena);
                        *(Types__Id **)(void *)((uint8_t *)request + field->offset) = id_to(&arena, ids[n]);
                        set_year(pool, request);
                        ask_as_each(pool, method, request);
                }
        }
}

static void ask_of_everything(const struct plausible pools[2])
{
        for (size_t m = 0; m < method_count; m++)
                for (size_t which = 0; which < 2 && !methods[m].is_command; which++)
                        if (strncmp(methods[m].name, "runtime.", 8) != 0)
                                ask_of_each_thing(&pools[which], &methods[m]);
}

static void bound(uint32_t page, uint32_t most)
{
        for (size_t i = 0; i < DAEMONS; i++)
                engine_bound_queries(daemons[i].engine, page, most);
}

static void every_total_is_the_sum_of_its_lines(void **state)
{
        struct plausible pools[2] = {{.seed = 20261201}};
        struct arena arena scoped(arena_fini) = {0};
        size_t never = 0;
        (void)state;
        pools[0].today = local_day("", daemons_world.now_ms_value);
        struct growth growth = {.rounds = PUBLIC_ROUNDS, .no_prescriber = organisations_put(&pools[0], &arena)};
        pools[1] = pools[0];
        for (size_t which = 0; which < 2; which++)
                rare_things(&pools[which], which == 1);
        ask_of_everything(pools);
        for (size_t which = 0; which < 2; which++) {
                growth.pool = &pools[which];
                growth.are_private = which == 1;
                (void)insiders_grow(&growth);
                growth.rounds = PRIVATE_ROUNDS;
        }
        for (size_t draw = 0; draw < ASKED_TIMES; draw++) {
                bound(draw % 3 == 2 ? FEW : LIMIT_QUERY_ROWS, draw % 3 == 2 ? MOST : LIMIT_QUERY_ROWS_MAX);
                ask_everybody(&pools[draw % 2], draw);
        }
        bound(LIMIT_QUERY_ROWS, LIMIT_QUERY_ROWS_MAX);
        ask_of_everything(pools);
        for (size_t i = 0; i < ARRAY_SIZE(figures); i++)
                if (figures[i].check != NULL) {
                        (void)printf("# %s.%s: %zu sums that were not zero\n", figures[i].message, figures[i].field,
                                     figures[i].counted);
                        never += figures[i].counted == 0;
                }
        assert_int_equal(never, 0); /* what was never more than zero was not compared */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_figure_beside_lines_has_its_row),
                cmocka_unit_test(every_total_is_the_sum_of_its_lines),
        };
        methods_list();
        return cmocka_run_group_tests(tests, daemons_setup, daemons_teardown);
}
