/* Figures beside lines in the answers of reporting. */
#include "common/base/attr.h"
#include "common/codec/types.h"
#include "reporting/queries.pb-c.h"
#include "tests/integration/totals/totals.h"

static int64_t h(const Types__Hours *hours)
{
        return hours_hundredths(hours_of(hours));
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

/* What was sent and all that changed since make what is. */
static void check_frozen(const void *message)
{
        const Reporting__FrozenReportReply *reply = message;
        int64_t done = h(reply->sent->done), due = h(reply->sent->due), left = h(reply->sent->remaining);
        int64_t persons = reply->sent->persons, contracts = reply->sent->contracts;
        for (size_t i = 0; i < reply->n_changes; i++) {
                const Reporting__ChangeFigures *by = reply->changes[i]->figures;
                done += h(by->done);
                due += h(by->due);
                left += h(by->remaining);
                persons += by->persons;
                contracts += by->contracts;
        }
        same("done, sent and changed", h(reply->today->done), done);
        same("due, sent and changed", h(reply->today->due), due);
        same("remaining, sent and changed", h(reply->today->remaining), left);
        same("persons, sent and changed", reply->today->persons, persons);
        same("contracts, sent and changed", reply->today->contracts, contracts);
}

static struct figure figures[] = {
        {"reporting.FrozenReportReply", "today", check_frozen, NULL, 0},
        NO_SUM("reporting.FrozenReportReply", "sent", OF_LINES),
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
};

struct figures figures_of_reporting(void)
{
        return (struct figures){figures, ARRAY_SIZE(figures)};
}
