/* Step 8 of the journey: what the reports say, against what was done. */
#include <stdio.h>

#include "common/codec/types.h"
#include "services/ctl/journey_steps.h"
#include "services/ctl/terminal.h"

enum { YEAR_HOURS = 1600, LABEL_WIDTH = 30, NUMBER_WIDTH = 12 };

static int64_t hundredths(const Types__Hours *hours)
{
        return hours_hundredths(hours_of(hours));
}

static bool check_modalities(const struct journey_leg *leg, const Reporting__ContractStatementReply *statement)
{
        for (size_t n = 0; n < JOURNEY_PERSONS; n++) {
                bool found = false;
                for (size_t i = 0; i < statement->n_by_modality; i++) {
                        const Reporting__ModalityFigures *figures = statement->by_modality[i];
                        found = found || (figures->modality == leg->persons[n].modality &&
                                          hundredths(figures->hours) == hours_hundredths(leg->persons[n].hours) &&
                                          figures->persons == 1 && figures->placements == 1);
                }
                if (!found)
                        return false;
        }
        return true;
}

static bool check_statement(struct journey *journey, const struct journey_leg *leg)
{
        scoped(arena_fini) struct arena arena = {0};
        Reporting__ContractStatementRequest request = REPORTING__CONTRACT_STATEMENT_REQUEST__INIT;
        char done[JOURNEY_AMOUNT_SIZE];
        char remaining[JOURNEY_AMOUNT_SIZE];
        request.contract_id = id_to(&arena, leg->contract);
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, "*");
        const Reporting__ContractStatementReply *statement =
                session_call(&journey->session, "reporting.ContractStatement", &request, NULL, &arena);
        if (statement == NULL)
                return false;
        (void)journey_hours(hours_of(statement->done), done);
        (void)journey_hours(hours_of(statement->remaining), remaining);
        int64_t rest = hours_hundredths(leg->due) - hours_hundredths(leg->done) - hours_hundredths(leg->converted);
        journey_check(journey,
                      hundredths(statement->due) == hours_hundredths(leg->due) &&
                              hundredths(statement->done) == hours_hundredths(leg->done) &&
                              hundredths(statement->converted) == hours_hundredths(leg->converted) &&
                              hundredths(statement->remaining) == rest && statement->persons == JOURNEY_PERSONS &&
                              statement->placements == JOURNEY_PERSONS,
                      "bilan du marché %s : %s h faites, %s h restent, %u personnes", statement->number, done,
                      remaining, statement->persons);
        journey_check(journey, check_modalities(leg, statement), "et une personne dans chacune des trois modalités");
        return true;
}

static void print_figure(const char *label, uint64_t number)
{
        char text[NUMBER_TEXT_SIZE];
        (void)fputs("    ", stdout);
        print_cell(label, LABEL_WIDTH);
        print_cell(number_text(number, text), -NUMBER_WIDTH);
        (void)putchar('\n');
}

static void print_consolidation(const Reporting__ConsolidationReply *reply)
{
        static const char *const labels[] = {"  non renseigné", "  clause sociale", "  critère social",
                                             "  marché réservé", "  pas de considération"};
        char canonical[QUANTITY_TEXT_SIZE];
        char text[NUMBER_TEXT_SIZE];
        (void)puts("  Consolidation :");
        print_figure("contrats", reply->contracts);
        for (size_t i = 0; i < reply->n_by_consideration; i++)
                if ((size_t)reply->by_consideration[i]->consideration < ARRAY_SIZE(labels))
                        print_figure(labels[reply->by_consideration[i]->consideration],
                                     reply->by_consideration[i]->contracts);
        print_figure("organisations", reply->organisations);
        print_figure("contrats suivis (clause)", reply->contracts_with_clause);
        print_figure("heures dues", (uint64_t)hundredths(reply->due) / 100);
        print_figure("heures faites", (uint64_t)hundredths(reply->done) / 100);
        print_figure("heures converties", (uint64_t)hundredths(reply->converted) / 100);
        print_figure("personnes", reply->persons);
        print_figure("parcours", reply->placements);
        decimal_format(decimal_of(reply->full_time_equivalents), canonical);
        (void)printf("    équivalents temps plein (1 600 h) : %s\n", amount_text(canonical, text));
}

/* What the journey added, and nothing else. */
static void check_consolidation(struct journey *journey, const Reporting__ConsolidationReply *after)
{
        const Reporting__ConsolidationReply *before = journey->before;
        int64_t done = 0;
        int64_t converted = 0;
        for (size_t i = 0; i < journey->leg_count; i++) {
                done += hours_hundredths(journey->legs[i].done);
                converted += hours_hundredths(journey->legs[i].converted);
        }
        size_t persons = journey->leg_count * JOURNEY_PERSONS;
        journey_check(journey,
                      hundredths(after->done) - hundredths(before->done) == done &&
                              hundredths(after->converted) - hundredths(before->converted) == converted,
                      "la consolidation compte ces heures une fois");
        journey_check(journey,
                      after->persons - before->persons == persons && after->placements - before->placements == persons,
                      "et chaque personne une fois (%zu de plus)", persons);
        journey_check(journey, after->contracts == before->contracts, "aucun contrat n'est apparu en chemin (%u)",
                      after->contracts);
        int64_t millionths =
                (hundredths(after->done) + hundredths(after->converted)) * (SHARE_ONE_MILLIONTHS / 100) / YEAR_HOURS;
        int64_t told = decimal_millionths(decimal_of(after->full_time_equivalents));
        journey_check(journey, told >= millionths - 1 && told <= millionths + 1,
                      "les équivalents temps plein sont les heures divisées par 1 600");
}

bool journey_check_reports(struct journey *journey)
{
        for (size_t i = 0; i < journey->leg_count; i++)
                if (!check_statement(journey, &journey->legs[i]))
                        return false;
        scoped(arena_fini) struct arena arena = {0};
        const Reporting__ConsolidationReply *after = journey_consolidation(journey, &arena);
        if (after == NULL)
                return false;
        print_consolidation(after);
        check_consolidation(journey, after);
        return true;
}
