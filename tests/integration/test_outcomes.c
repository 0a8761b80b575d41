/* How placements end and what becomes of the persons, as a facilitator tells it with guichetctl, in two partitions at
 * once: an end is told, set right, taken back; outcomes at the end, six and twelve months later; not reached is not the
 * same as not asked. Reporting counts by the difference, the prescriber hears of it, and a kill -9 changes nothing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "reporting/queries.pb-c.h"
#include "tests/lib/pathway.h"
#include "tests/lib/run_ctl.h"

enum { EARLIER = 400, LATER = 380, AFTER_TWELVE_MONTHS = 10 };

static struct net_home home;
static struct net *net;
static struct pathway pathways[PATHWAYS];

#define RUN(...) CTL_RUN(net->directory, __VA_ARGS__)

static const char *id_text(struct id id, char ret[ID_TEXT_SIZE])
{
        id_format(id, ret);
        return ret;
}

static const char *day_before(int days, char ret[DAY_TEXT_SIZE])
{
        day_format(day_of_number(day_number(pathway_today()) - days), ret);
        return ret;
}

static uint32_t year_before(int days)
{
        return (uint32_t)day_civil(day_of_number(day_number(pathway_today()) - days)).year;
}

/* ---- what reporting counts once it has followed both */

static const Reporting__ConsolidationReply *figures(uint32_t year, const char *territory, struct arena *arena)
{
        Reporting__ConsolidationRequest request = REPORTING__CONSOLIDATION_REQUEST__INIT;
        request.year = year;
        request.territory = (char *)(uintptr_t)territory;
        for (size_t i = 0; i < PATHWAYS; i++)
                net_wait_followed(net, "reporting-1", pathways[i].instance);
        return net_ask(net, "reporting.Consolidation", &request, arena);
}

static uint32_t counted(uint32_t year, const char *territory, Tracking__Outcome outcome)
{
        struct arena arena scoped(arena_fini) = {0};
        const Reporting__ConsolidationReply *reply = figures(year, territory, &arena);
        for (size_t i = 0; i < reply->n_by_outcome; i++)
                if (reply->by_outcome[i]->outcome == outcome)
                        return reply->by_outcome[i]->placements;
        return 0;
}

struct answers {
        uint32_t told, not_reached, not_asked;
};

static struct answers answers_at(const char *territory, Tracking__OutcomeMoment at)
{
        struct arena arena scoped(arena_fini) = {0};
        struct answers answers = {0};
        const Reporting__ConsolidationReply *reply = figures(0, territory, &arena);
        for (size_t i = 0; i < reply->n_by_moment; i++) {
                const Reporting__MomentFigures *line = reply->by_moment[i];
                if (line->at != at)
                        continue;
                answers.not_reached = line->not_reached;
                answers.not_asked = line->not_asked;
                for (size_t n = 0; n < line->n_by_outcome; n++)
                        answers.told += line->by_outcome[n]->placements;
        }
        return answers;
}

static void answered(const char *territory, Tracking__OutcomeMoment at, struct answers wanted)
{
        struct answers found = answers_at(territory, at);
        assert_int_equal(found.told, wanted.told);
        assert_int_equal(found.not_reached, wanted.not_reached);
        assert_int_equal(found.not_asked, wanted.not_asked);
}

/* ---- ends */

static void test_an_end_is_set_right_everywhere(void **state)
{
        char id[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        (void)state;
        for (size_t i = 0; i < PATHWAYS; i++) {
                const char *territory = pathways[i].territory;
                (void)id_text(pathways[i].placement, id);
                ctl_done(RUN("outcome", "end", id, "--on", day_before(EARLIER, day), "--outcome", "DURABLE_JOB",
                             "--code", "HIRED_BY_HOST", "--reason", "embauche chez Confidences SARL"));
                assert_int_equal(counted(year_before(EARLIER), territory, TRACKING__OUTCOME__DURABLE_JOB), 1);
                answered(territory, TRACKING__OUTCOME_MOMENT__AT_EXIT, (struct answers){1, 0, 0});

                assert_int_equal(RUN("outcome", "correct", id, "--on", day_before(5, day), "--correction", ""), 3);
                ctl_said("pourquoi");
                ctl_done(RUN("outcome", "correct", id, "--on", day_before(5, day), "--outcome", "TRANSITION_JOB",
                             "--correction", "l'employeur s'était trompé d'année"));
                assert_int_equal(counted(year_before(EARLIER), territory, TRACKING__OUTCOME__DURABLE_JOB), 0);
                assert_int_equal(counted(year_before(5), territory, TRACKING__OUTCOME__TRANSITION_JOB), 1);

                ctl_done(RUN("outcome", "reopen", id, "--correction", "elle travaille toujours"));
                assert_int_equal(counted(0, territory, TRACKING__OUTCOME__TRANSITION_JOB), 0);
                answered(territory, TRACKING__OUTCOME_MOMENT__AT_EXIT, (struct answers){0, 0, 0});
        }
        ctl_done(RUN("verify"));
}

/* ---- outcomes */

static void test_what_became_of_her(void **state)
{
        char id[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        (void)state;
        for (size_t i = 0; i < PATHWAYS; i++) {
                const char *territory = pathways[i].territory;
                (void)id_text(pathways[i].placement, id);
                ctl_done(RUN("outcome", "end", id, "--on", day_before(LATER, day), "--code", "END_OF_CONTRACT"));
                answered(territory, TRACKING__OUTCOME_MOMENT__AT_EXIT, (struct answers){0, 0, 1});
                ctl_done(RUN("outcome", "record", id, "--at", "AT_EXIT", "--on", day_before(LATER - 2, day),
                             "--outcome", "POSITIVE_EXIT", "--source", "PERSON"));
                assert_int_equal(counted(0, territory, TRACKING__OUTCOME__POSITIVE_EXIT), 1);
                assert_int_equal(counted(0, territory, TRACKING__OUTCOME__OUTCOME_UNKNOWN), 0);
        }
        ctl_done(RUN("outcome", "due"));
        ctl_said("à douze mois");
        for (size_t i = 0; i < PATHWAYS; i++)
                ctl_said(id_text(pathways[i].placement, id)); /* both partitions are asked */

        (void)id_text(pathways[0].placement, id);
        ctl_done(RUN("outcome", "record", id, "--at", "AT_TWELVE_MONTHS", "--on", day_before(AFTER_TWELVE_MONTHS, day),
                     "--not-reached", "--attempts", "2"));
        ctl_said("Elle reste à joindre");
        answered("31", TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS, (struct answers){0, 1, 0});
        answered("66", TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS, (struct answers){0, 0, 1});
        net_kill_instance(net, "tracking-1");
        net_start_instance(net, "tracking-1", NULL);
        net_wait_serving(net, "tracking-1");
        ctl_done(RUN("outcome", "record", id, "--at", "AT_TWELVE_MONTHS", "--on", day_before(1, day), "--outcome",
                     "DURABLE_JOB", "--source", "PRESCRIBER"));
        answered("31", TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS, (struct answers){1, 0, 0});
        assert_int_equal(RUN("outcome", "record", id, "--at", "AT_TWELVE_MONTHS", "--on", day_before(1, day),
                             "--outcome", "OTHER_EXIT", "--source", "PERSON"),
                         3); /* an answer is not replaced without a word */
        ctl_done(RUN("outcome", "record", id, "--at", "AT_TWELVE_MONTHS", "--on", day_before(1, day), "--outcome",
                     "OTHER_EXIT", "--source", "PERSON", "--correction", "elle avait dit le contraire"));
        answered("31", TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS, (struct answers){1, 0, 0});
        ctl_done(RUN("verify"));
}

/* The prescriber of both has had a word of each step, and no name, code or reason. */
static void test_the_prescriber_is_told(void **state)
{
        char organisation[ID_TEXT_SIZE];
        (void)state;
        for (size_t i = 0; i < PATHWAYS; i++)
                net_wait_followed(net, "notifications-1", pathways[i].instance);
        ctl_done(RUN("call", "notifications", "Inbox", "{}", "--as", "PRESCRIBER", "--organisation",
                     id_text(pathway_prescriber, organisation)));
        ctl_said("fin de contrat corrigée, emploi de transition");
        ctl_said("le contrat continue");
        ctl_said("à la sortie, sortie positive");
        ctl_said("douze mois après, emploi durable");
        const char *const never[] = {"Quatrebarbes", "HIRED_BY_HOST", "Confidences", "trompé"};
        for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
                assert_null(strstr(ctl_output(), never[i]));
}

/* All of it is hers to read, and goes with her; the figures stay. */
static void test_exported_and_erased(void **state)
{
        char person[ID_TEXT_SIZE];
        (void)state;
        (void)id_text(pathways[0].person, person);
        ctl_done(RUN("person", "export", person, "--reason-code", "PERSON_ASKED", "--reason", "copie demandée le 12"));
        ctl_said("à douze mois : autre sortie");
        ctl_said("l'employeur s'était trompé d'année");
        ctl_said("elle avait dit le contraire");
        ctl_said("END_OF_CONTRACT");
        ctl_done(RUN("person", "erase", person, "--code", "PERSON_ASKED"));
        answered("31", TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS, (struct answers){1, 0, 0});
        ctl_done(RUN("outcome", "due"));
        assert_null(strstr(ctl_output(), id_text(pathways[0].placement, person)));
        ctl_done(RUN("verify"));
}

static int setup(void **state)
{
        (void)state;
        net = net_open(&home, "outcomes");
        if (net == NULL)
                return -1;
        pathways_prepare(net, pathways);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        net_close(&home, net);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_an_end_is_set_right_everywhere),
                cmocka_unit_test(test_what_became_of_her),
                cmocka_unit_test(test_the_prescriber_is_told),
                cmocka_unit_test(test_exported_and_erased),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
