#include "services/reporting/sent/figures.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"

static Types__Hours *hundredths_to(struct arena *arena, int64_t hundredths)
{
        return hours_to(arena, hours_of_hundredths(hundredths));
}

Reporting__ChangeFigures *figures_none(struct arena *arena)
{
        static const struct counted nothing;
        return figures_of_counted(arena, &nothing);
}

Reporting__ChangeFigures *figures_of_counted(struct arena *arena, const struct counted *counted)
{
        Reporting__ChangeFigures *figures = pb_new(&reporting__change_figures__descriptor, arena);
        figures->due = hundredths_to(arena, counted->due_hundredths);
        figures->done = hundredths_to(arena, counted->done_hundredths);
        figures->converted = hundredths_to(arena, counted->converted_hundredths);
        figures->transferred = hundredths_to(arena, 0);
        figures->waived = hundredths_to(arena, counted->waived_hundredths);
        figures->remaining = hundredths_to(arena, counted->remaining_hundredths);
        figures->surplus = hundredths_to(arena, counted->surplus_hundredths);
        figures->placements = counted->placements;
        figures->contracts = counted->contracts;
        figures->contracts_with_clause = counted->with_clause;
        figures->obligations = counted->obligations;
        figures->needs = counted->needs;
        figures->positions_wanted = counted->positions;
        return figures;
}

Reporting__ChangeFigures *figures_of_statement(struct arena *arena, const struct statement_figures *statement)
{
        const struct counted counted = {.due_hundredths = statement->due_hundredths,
                                        .remaining_hundredths = statement->remaining_hundredths,
                                        .surplus_hundredths = statement->surplus_hundredths,
                                        .waived_hundredths = statement->waived_hundredths,
                                        .done_hundredths = statement->done_hundredths,
                                        .converted_hundredths = statement->converted_hundredths,
                                        .placements = (int32_t)statement->placements};
        Reporting__ChangeFigures *figures = figures_of_counted(arena, &counted);
        figures->persons = (int32_t)statement->persons;
        figures->transferred->hundredths = statement->transferred_hundredths;
        return figures;
}

Reporting__ChangeFigures *figures_of_statement_reply(struct arena *arena,
                                                     const Reporting__ContractStatementReply *reply)
{
        const struct statement_figures figures = {.due_hundredths = hours_hundredths(hours_of(reply->due)),
                                                  .done_hundredths = hours_hundredths(hours_of(reply->done)),
                                                  .converted_hundredths = hours_hundredths(hours_of(reply->converted)),
                                                  .transferred_hundredths =
                                                          hours_hundredths(hours_of(reply->transferred)),
                                                  .waived_hundredths = hours_hundredths(hours_of(reply->waived)),
                                                  .remaining_hundredths = hours_hundredths(hours_of(reply->remaining)),
                                                  .surplus_hundredths = hours_hundredths(hours_of(reply->surplus)),
                                                  .persons = reply->persons,
                                                  .placements = reply->placements};
        return figures_of_statement(arena, &figures);
}

Reporting__ChangeFigures *figures_of_consolidation(struct arena *arena, const Reporting__ConsolidationReply *reply)
{
        const struct counted counted = {.due_hundredths = hours_hundredths(hours_of(reply->due)),
                                        .remaining_hundredths = hours_hundredths(hours_of(reply->remaining)),
                                        .surplus_hundredths = hours_hundredths(hours_of(reply->surplus)),
                                        .waived_hundredths = hours_hundredths(hours_of(reply->waived)),
                                        .done_hundredths = hours_hundredths(hours_of(reply->done)),
                                        .converted_hundredths = hours_hundredths(hours_of(reply->converted)),
                                        .contracts = (int32_t)reply->contracts,
                                        .with_clause = (int32_t)reply->contracts_with_clause,
                                        .obligations = (int32_t)reply->obligations,
                                        .needs = (int32_t)reply->needs,
                                        .positions = (int32_t)reply->positions_wanted,
                                        .placements = (int32_t)reply->placements};
        Reporting__ChangeFigures *figures = figures_of_counted(arena, &counted);
        figures->persons = (int32_t)reply->persons;
        return figures;
}

void figures_add(Reporting__ChangeFigures *to, const Reporting__ChangeFigures *more, int32_t sign)
{
        to->due->hundredths += sign * more->due->hundredths;
        to->done->hundredths += sign * more->done->hundredths;
        to->converted->hundredths += sign * more->converted->hundredths;
        to->transferred->hundredths += sign * more->transferred->hundredths;
        to->waived->hundredths += sign * more->waived->hundredths;
        to->remaining->hundredths += sign * more->remaining->hundredths;
        to->surplus->hundredths += sign * more->surplus->hundredths;
        to->persons += sign * more->persons;
        to->placements += sign * more->placements;
        to->contracts += sign * more->contracts;
        to->contracts_with_clause += sign * more->contracts_with_clause;
        to->obligations += sign * more->obligations;
        to->needs += sign * more->needs;
        to->positions_wanted += sign * more->positions_wanted;
}

bool figures_are_zero(const Reporting__ChangeFigures *figures)
{
        return figures->due->hundredths == 0 && figures->done->hundredths == 0 && figures->converted->hundredths == 0 &&
               figures->transferred->hundredths == 0 && figures->waived->hundredths == 0 &&
               figures->remaining->hundredths == 0 && figures->surplus->hundredths == 0 && figures->persons == 0 &&
               figures->placements == 0 && figures->contracts == 0 && figures->contracts_with_clause == 0 &&
               figures->obligations == 0 && figures->needs == 0 && figures->positions_wanted == 0;
}
