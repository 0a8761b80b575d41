/* Figures beside lines in the answers of contracts. */
#include <stdlib.h>
#include "common/base/attr.h"
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "tests/integration/totals/totals.h"

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

/* The sum stands on the last page. */
static void check_fee(const void *message)
{
        const Contracts__AgreementFeeReply *reply = message;
        for (size_t i = 0; i < reply->n_lines; i++)
                asking.of_pages_before += cents(reply->lines[i]->fee);
        assert_true((reply->uncapped == NULL) == (reply->next.len > 0));
        if (reply->uncapped != NULL)
                same("uncapped", cents(reply->uncapped), asking.of_pages_before);
}

static void check_capped(const void *message)
{
        const Contracts__AgreementFeeReply *reply = message;
        assert_true(cents(reply->fee) <= cents(reply->uncapped));
        *asking.counted += cents(reply->fee) != 0;
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

static void check_modalities(const void *message)
{
        const Contracts__WorkDone *done = message;
        int64_t placements = 0;
        for (size_t i = 0; i < done->n_by_modality; i++)
                placements += done->by_modality[i]->placements;
        same("placements", done->placements, placements);
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

static void check_pace(const void *message)
{
        const Contracts__ContractPaceReply *reply = message;
        int64_t done = 0;
        for (size_t i = 0; i < reply->n_months; i++)
                done += h(reply->months[i]->done) + h(reply->months[i]->converted);
        if (!reply->cut)
                same("done", h(reply->done), done);
}

static struct figure figures[] = {
        {"contracts.ContractPaceReply", "done", check_pace, NULL, 0},
        NO_SUM("contracts.ContractPaceReply", "owed", OF_THING),
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
        NO_SUM("contracts.ContractPart", "rank", OF_THING),
        NO_SUM("contracts.ContractPart", "number", IN_THE_LOG),
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
        NO_SUM("contracts.MemberLeft", "hours", OF_THING),
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
        NO_SUM("contracts.ProgressView", "owed", OF_LINES),
        NO_SUM("contracts.ProgressView", "done", OF_LINES),
        NO_SUM("contracts.ProgressView", "expected", "by the days that have passed"),
        NO_SUM("contracts.ProgressView", "suspended_days", OF_THING),
        NO_SUM("contracts.PromiseView", "done", "of its steps, as test_record_promise.c holds; none is drawn here"),
        NO_SUM("contracts.PromiseView", "promised", OF_THING),
        NO_SUM("contracts.PromiseView", "remaining", "of what was promised, and never less than zero"),
        {"contracts.ReservedStatisticsReply", "total", check_reserved, NULL, 0},
        NO_SUM("contracts.StatementLine", "days_late", OF_THING),
        NO_SUM("contracts.TransferView", "hours", OF_THING),
        NO_SUM("contracts.TransferView", "refusal", "a decision like those beside it"),
        NO_SUM("contracts.UnfollowedContract", "amount", OF_THING),
        {"contracts.WorkDone", "placements", check_modalities, NULL, 0},
        NO_SUM("contracts.WorkDone", "persons", "who worked in two ways counts in both, and once in all"),
        NO_SUM("contracts.WorkDone", "training", OF_ALL),
        NO_SUM("contracts.WorkDone", "tutored", OF_ALL),
        NO_SUM("contracts.WorkDone", "tutor_contacts", OF_ALL),
};

struct figures figures_of_contracts(void)
{
        return (struct figures){figures, ARRAY_SIZE(figures)};
}
