/* One person has a file in each of two departments that two tracking processes follow, through guichetctl and the real
 * daemons: each desk learns of the other, and no name; together they are refused until one has come, then they are
 * shown as a pair, merged, and unmerged. Merged, her hours of both count together where the law is of her whole, she
 * is counted once, and the prescriber of each still sees its own. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "common/codec/types.h"
#include "reporting/queries.pb-c.h"
#include "tests/lib/hired.h"

#define OTHER_PRESCRIBER "0192f0c1-7a3b-7000-8f00-000000000008"

static struct hired hired;
static char here[ID_TEXT_SIZE], there[ID_TEXT_SIZE]; /* her files */
static char work_here[ID_TEXT_SIZE], work_there[ID_TEXT_SIZE];

#define RUN(...)    CTL_RUN(hired.net->directory, __VA_ARGS__)
#define PERSON(...) CTL_RUN(hired.net->directory, "person", __VA_ARGS__)

static void said_nothing_of(const char *text)
{
        if (strstr(ctl_output(), text) != NULL)
                fail_msg("%s in: %s", text, ctl_output());
}

static void persons_are(uint32_t count)
{
        struct arena arena scoped(arena_fini) = {0};
        Reporting__ConsolidationRequest all = REPORTING__CONSOLIDATION_REQUEST__INIT;
        net_wait_followed(hired.net, "reporting-1", "tracking-1");
        net_wait_followed(hired.net, "reporting-1", "tracking-2");
        const Reporting__ConsolidationReply *told = net_ask(hired.net, "reporting.Consolidation", &all, &arena);
        assert_int_equal(told->persons, count);
        assert_int_equal(hours_hundredths(hours_of(told->done)), 6 * 9900); /* whoever it is, it was worked */
}

static void work(const char *placement, const char *territory)
{
        static const char *const months[] = {"2026-06", "2026-07", "2026-08"};
        for (size_t i = 0; i < ARRAY_SIZE(months); i++) {
                ctl_done(RUN("hours", "submit", placement, months[i], "--hours", "99", "--territory", territory));
                ctl_done(RUN("hours", "validate", placement, months[i], "--territory", territory));
        }
}

/* ---- tests, in this order */

static void test_each_desk_learns_of_the_other(void **state)
{
        (void)state;
        persons_are(2);
        ctl_done(PERSON("elsewhere", here, "--reason-code", "PLACEMENT", "--territory", "31"));
        ctl_said("66");
        ctl_said("même identité");
        ctl_said("guichetctl relocation propose");
        said_nothing_of(there);
        said_nothing_of("Quatrebarbes");
        ctl_done(PERSON("elsewhere", there, "--reason-code", "PLACEMENT", "--territory", "66"));
        ctl_said("31");
        said_nothing_of(here);
        ctl_refused(PERSON("elsewhere", here, "--reason-code", "PLACEMENT", "--territory", "66"),
                    "n'est pas suivie ici");
        ctl_done(RUN("call", "tracking", "FileReadings", "{\"territory\":\"66\"}", "--as", "AUDITOR", "--territory",
                     "*"));
        ctl_said("\"sought\": true");
}

static void test_not_before_one_has_come(void **state)
{
        (void)state;
        ctl_refused(PERSON("merge", there, here, "--reason", "même pièce, vue le 12"),
                    "Faites d'abord transférer l'un d'eux");
        ctl_done(RUN("relocation", "propose", here, "--to", "66", "--moved", "2026-10-01", "--agreed", "2026-10-05",
                     "--territory", "31"));
        char relocation[ID_TEXT_SIZE];
        (void)snprintf(relocation, sizeof(relocation), "%s", ctl_output());
        ctl_done(RUN("relocation", "accept", relocation, "--territory", "66"));
        for (int i = 0; i < 600; i++) { /* until she is there, and the pair is found */
                ctl_done(PERSON("doubles", "--territory", "66"));
                if (strstr(ctl_output(), here) != NULL && strstr(ctl_output(), there) != NULL)
                        return;
                harness_pause_ms(50);
        }
        fail_msg("no pair in: %s", ctl_output());
}

static void test_merged_they_are_one(void **state)
{
        (void)state;
        ctl_done(RUN("hours", "month", "2026-07", "--territory", "31"));
        said_nothing_of("en moyenne sur 12 semaines");
        ctl_done(PERSON("merge", there, here, "--reason", "même pièce, vue le 12", "--territory", "66"));
        ctl_done(PERSON("doubles", "--territory", "66"));
        said_nothing_of(here);
        ctl_done(PERSON("elsewhere", here, "--reason-code", "PLACEMENT", "--territory", "66"));
        ctl_said("Aucun autre dossier");
        persons_are(1);
        /* 594 h in the 92 days of June to August, of which 586 are lawful: told in both departments. */
        ctl_done(RUN("hours", "month", "2026-07", "--territory", "31"));
        ctl_said("tous les parcours de la personne confondus");
        ctl_done(RUN("hours", "month", "2026-07", "--territory", "66"));
        ctl_said("tous les parcours de la personne confondus");
}

/* Each what it referred. */
static void test_each_prescriber_sees_its_own(void **state)
{
        (void)state;
        ctl_done(RUN("call", "tracking", "Beneficiaries", "{\"territory\":\"66\"}", "--as", "PRESCRIBER",
                     "--organisation", HIRED_PRESCRIBER, "--territory", "31"));
        ctl_said(here);
        said_nothing_of(there);
        ctl_done(RUN("call", "tracking", "Beneficiaries", "{\"territory\":\"66\"}", "--as", "PRESCRIBER",
                     "--organisation", OTHER_PRESCRIBER, "--territory", "66"));
        ctl_said(there);
        said_nothing_of(here);
}

static void test_unmerged_they_are_as_they_were(void **state)
{
        (void)state;
        net_kill_instance(hired.net, "tracking-2");
        net_start_instance(hired.net, "tracking-2", NULL);
        net_wait_serving(hired.net, "tracking-2");
        ctl_done(PERSON("unmerge", here, "--reason", "deux sœurs, après tout", "--territory", "66"));
        persons_are(2);
        ctl_done(RUN("hours", "month", "2026-07", "--territory", "31"));
        said_nothing_of("en moyenne sur 12 semaines");
        ctl_done(PERSON("doubles", "--territory", "66"));
        ctl_said(here);
        ctl_done(RUN("verify"));
}

/* ---- */

static int setup(void **state)
{
        (void)state;
        if (hired_open(&hired, "two-desks") != 0)
                return -1;
        hired_refer(&hired, "Quatrebarbes-Essai", "31", HIRED_PRESCRIBER, here);
        hired_refer(&hired, "QUATREBARBES ESSAI", "66", OTHER_PRESCRIBER, there);
        ctl_done(hired_place(&hired, here, "2026-03-10", NULL));
        hired_take_id("placementId", work_here);
        ctl_done(hired_place(&hired, there, "2026-03-10", NULL));
        hired_take_id("placementId", work_there);
        work(work_here, "31");
        work(work_there, "66");
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        hired_close(&hired);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_each_desk_learns_of_the_other),
                cmocka_unit_test(test_not_before_one_has_come),
                cmocka_unit_test(test_merged_they_are_one),
                cmocka_unit_test(test_each_prescriber_sees_its_own),
                cmocka_unit_test(test_unmerged_they_are_as_they_were),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
