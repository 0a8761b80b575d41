/* What is done for a person beside hours, as a facilitator notes it with guichetctl, in two partitions: contacts,
 * planned visits, silence, adjustments and actions; what is turned away; what is hers to read and goes with her. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/pathway.h"
#include "tests/lib/run_ctl.h"

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

/* The id that stands on the first line of what was printed. */
static void take_id(char ret[ID_TEXT_SIZE])
{
        struct id id;
        (void)snprintf(ret, ID_TEXT_SIZE, "%s", ctl_output());
        assert_int_equal(id_parse(ret, &id), 0);
}

static bool shows(struct id id)
{
        char text[ID_TEXT_SIZE];
        return strstr(ctl_output(), id_text(id, text)) != NULL;
}

/* Nothing was heard of either for more than a year; a call to one of them ends its silence, not the other's. */
static void test_silence_is_broken(void **state)
{
        char person[ID_TEXT_SIZE], placement[ID_TEXT_SIZE], contact[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        (void)state;
        ctl_done(RUN("followup", "due"));
        ctl_said("auprès du tuteur");
        for (size_t i = 0; i < PATHWAYS; i++)
                assert_true(shows(pathways[i].placement));
        (void)id_text(pathways[0].person, person);
        (void)id_text(pathways[0].placement, placement);
        ctl_done(RUN("followup", "contact", person, "--on", day_before(2, day), "--kind", "CALL", "--placement",
                     placement, "--text", "tout va bien, le car passe plus tôt"));
        take_id(contact);
        ctl_done(RUN("followup", "due"));
        assert_false(shows(pathways[0].placement));
        assert_true(shows(pathways[1].placement));

        net_kill_instance(net, "tracking-1");
        net_start_instance(net, "tracking-1", NULL);
        net_wait_serving(net, "tracking-1");
        assert_int_equal(RUN("followup", "correct", person, contact, "--on", day_before(2, day), "--kind", "CALL",
                             "--withdrawn", "--correction", ""),
                         3);
        ctl_done(RUN("followup", "correct", person, contact, "--on", day_before(2, day), "--kind", "CALL",
                     "--withdrawn", "--correction", "c'était une autre personne"));
        ctl_done(RUN("followup", "due"));
        assert_true(shows(pathways[0].placement));
        ctl_done(RUN("verify"));
}

/* Two visits are planned in a direct hire; both are missed, until a visit is the later one. */
static void test_planned_visits(void **state)
{
        char person[ID_TEXT_SIZE], placement[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        (void)state;
        (void)id_text(pathways[1].person, person);
        (void)id_text(pathways[1].placement, placement);
        ctl_done(RUN("followup", "due", "--visits"));
        for (size_t i = 0; i < PATHWAYS; i++)
                assert_true(shows(pathways[i].placement));
        ctl_done(RUN("followup", "contact", person, "--on", day_before(PATHWAY_DAYS - 100, day), "--kind", "VISIT",
                     "--with", "WITH_TUTOR", "--placement", placement));
        ctl_said("C'était la visite prévue");
        ctl_done(RUN("followup", "show", person));
        ctl_said(": manquée");
        ctl_said(": faite");
        ctl_said("visite sur le lieu de travail");
}

static void test_what_is_turned_away(void **state)
{
        char person[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        (void)state;
        (void)id_text(pathways[1].person, person);
        assert_int_equal(RUN("followup", "contact", person, "--on", day_before(1, day), "--kind", "CALL", "--text",
                             "elle sort de l'hôpital"),
                         3);
        ctl_said("de la santé (mot n° 5)");
        ctl_done(RUN("followup", "contact", person, "--on", day_before(1, day), "--kind", "CALL", "--text",
                     "en plein divorce"));
        ctl_said("de la famille");
}

static void test_an_action_to_its_end(void **state)
{
        char person[ID_TEXT_SIZE], action[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        (void)state;
        (void)id_text(pathways[0].person, person);
        ctl_done(RUN("followup", "action", person, "--on", day_before(60, day), "--kind", "QUALIFYING", "--text",
                     "titre de maçon, au centre du Mirail"));
        take_id(action);
        ctl_done(RUN("followup", "move", person, action, "--on", day_before(40, day), "--state", "ACTION_UNDER_WAY"));
        ctl_done(RUN("followup", "move", person, action, "--on", day_before(10, day), "--state", "ACTION_DONE",
                     "--hours", "210"));
        assert_int_equal(RUN("followup", "move", person, action, "--on", day_before(10, day), "--state",
                             "ACTION_GIVEN_UP", "--code", "NO_PLACE"),
                         3); /* what is over is corrected with a reason */
        ctl_done(RUN("followup", "show", person));
        ctl_said("formation qualifiante avant l'embauche");
        ctl_said("210");
        assert_null(strstr(ctl_output(), "Mirail"));
        assert_int_equal(RUN("followup", "read", person, "--reason-code", "PLACEMENT", "--reason", "x"), 3);
        ctl_done(RUN("followup", "read", person, "--reason-code", "PLACEMENT", "--reason", "préparer le bilan du 12"));
        ctl_said("Mirail");
}

static void test_exported_and_erased(void **state)
{
        char person[ID_TEXT_SIZE], placement[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
        (void)state;
        (void)id_text(pathways[0].person, person);
        (void)id_text(pathways[0].placement, placement);
        ctl_done(RUN("person", "export", person, "--reason-code", "PERSON_ASKED", "--reason", "copie demandée le 12"));
        ctl_said("tout va bien, le car passe plus tôt");
        ctl_said("c'était une autre personne");
        ctl_said("titre de maçon, au centre du Mirail");
        ctl_done(RUN("outcome", "end", placement, "--on", day_before(3, day)));
        ctl_done(RUN("person", "erase", person, "--code", "PERSON_ASKED"));
        assert_int_equal(RUN("followup", "show", person), 4);
        ctl_done(RUN("followup", "due", "--visits"));
        assert_false(shows(pathways[0].placement));
        ctl_done(RUN("verify"));
}

static int setup(void **state)
{
        (void)state;
        net = net_open(&home, "followup");
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
                cmocka_unit_test(test_silence_is_broken),   cmocka_unit_test(test_planned_visits),
                cmocka_unit_test(test_what_is_turned_away), cmocka_unit_test(test_an_action_to_its_end),
                cmocka_unit_test(test_exported_and_erased),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
