/* One work contract that serves two clauses, through guichetctl and the real daemons, with two partitions: its month is
 * stated once and split, each obligation's ledger has its own, together what was worked; split anew, both follow. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "tests/lib/pathway.h"
#include "tests/lib/run_ctl.h"

static struct harness context;
static struct net *net;
static struct pathway pathways[PATHWAYS];
static struct id other; /* of the same person, on the other's obligation */
static char scratch[64], parts[160], month[MONTH_TEXT_SIZE], first[ID_TEXT_SIZE], second[ID_TEXT_SIZE];

#define HOURS(...) CTL_RUN(net->directory, "hours", __VA_ARGS__)

static const char *split_by(const char *one, const char *two)
{
        (void)snprintf(parts, sizeof(parts), "%s=%s,%s=%s", first, one, second, two);
        return parts;
}

static int64_t done_of(struct id obligation, struct arena *arena)
{
        Contracts__ObligationById query = CONTRACTS__OBLIGATION_BY_ID__INIT;
        query.obligation_id = id_to(arena, obligation);
        const Contracts__ObligationView *view = net_ask(net, "contracts.ObligationById", &query, arena);
        return hours_hundredths(hours_of(view->done));
}

/* Each ledger its own, reporting the sum. */
static void counts(int64_t one, int64_t two)
{
        struct arena arena scoped(arena_fini) = {0};
        Reporting__ConsolidationRequest all = REPORTING__CONSOLIDATION_REQUEST__INIT;
        for (size_t i = 1; i <= 2; i++) {
                net_wait_followed(net, "contracts-1", net_all[i]);
                net_wait_followed(net, "reporting-1", net_all[i]);
        }
        assert_int_equal(done_of(pathways[0].obligation, &arena), one);
        assert_int_equal(done_of(pathways[1].obligation, &arena), two);
        const Reporting__ConsolidationReply *told = net_ask(net, "reporting.Consolidation", &all, &arena);
        assert_int_equal(hours_hundredths(hours_of(told->done)), one + two);
}

static void test_split_by_a_key(void **state)
{
        (void)state;
        assert_int_equal(HOURS("split", month, "--territory", pathways[0].territory, "--hours", "100.01", "--parts",
                               split_by("0.6", "0.3")),
                         3);
        ctl_said("font ensemble 1 exactement");
        ctl_done(HOURS("split", month, "--territory", pathways[0].territory, "--hours", "100.01", "--parts",
                       split_by("0.6", "0.4")));
        counts(0, 0); /* until somebody vouches for them */
        ctl_done(HOURS("validate", first, month));
        net_kill_instance(net, pathways[0].instance);
        net_start_instance(net, pathways[0].instance, NULL);
        net_wait_serving(net, pathways[0].instance);
        ctl_done(HOURS("validate", second, month));
        counts(6001, 4000);
}

static void test_split_anew(void **state)
{
        (void)state;
        assert_int_equal(HOURS("validate", first, month, "--hours", "70", "--reason", "le lot 1 en a pris plus"), 3);
        ctl_said("la somme dépasserait");
        ctl_done(HOURS("split", month, "--territory", pathways[0].territory, "--hours", "90", "--parts",
                       split_by("30.00h", "60.00h"), "--reason", "deux jours d'absence, et surtout le lot 2"));
        ctl_said("validées");
        counts(3000, 6000);
        ctl_done(CTL_RUN(net->directory, "verify"));
}

static int setup(void **state)
{
        struct pathway twin;
        (void)state;
        (void)snprintf(scratch, sizeof(scratch), "/tmp/guichet-split-XXXXXX");
        if (mkdtemp(scratch) == NULL)
                return -1;
        context = (struct harness){.directory = scratch, .bin = getenv("GUICHET_BIN"), .seconds = 1};
        net = net_start(&context, net_all, NET_ALL);
        pathways_prepare(net, pathways);
        twin = pathways[0];
        twin.obligation = pathways[1].obligation;
        other = pathway_place(net, &twin, day_of_number(day_number(pathway_today()) - PATHWAY_DAYS));
        id_format(pathways[0].placement, first);
        id_format(other, second);
        month_format(month_of_number(month_number(month_of_day(pathway_today())) - 2), month);
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        net_stop(net);
        net_remove(scratch);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_split_by_a_key),
                cmocka_unit_test(test_split_anew),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
